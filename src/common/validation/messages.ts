import { say } from './say.js';

/** How the constraints of class-validator that we use are told, from the first number or list in their own text. */
const SPOKEN: Readonly<Record<string, [found: RegExp, en: string, zh: string]>> = {
  whitelistValidation: [/$/, 'is not a known field', '不认识这个字段'],
  unknownValue: [/$/, 'must be an object', '必须是对象'],
  nestedValidation: [/$/, 'must be an object', '必须是对象'],
  isObject: [/$/, 'must be an object', '必须是对象'],
  isString: [/$/, 'must be text', '必须是文本'],
  isNotEmpty: [/$/, 'must not be empty', '不能为空'],
  isBoolean: [/$/, 'must be true or false', '必须是 true 或 false'],
  isInt: [/$/, 'must be a whole number', '必须是整数'],
  isArray: [/$/, 'must be a list', '必须是列表'],
  arrayUnique: [/$/, 'must not contain anything twice', '不能有重复项'],
  min: [/(-?[\d.]+)$/, 'must be at least {found}', '不能小于 {found}'],
  max: [/(-?[\d.]+)$/, 'must be at most {found}', '不能大于 {found}'],
  minLength: [/(\d+) characters$/, 'must be at least {found} characters', '至少 {found} 个字符'],
  maxLength: [/(\d+) characters$/, 'must be at most {found} characters', '最多 {found} 个字符'],
  arrayMinSize: [/(\d+) elements$/, 'must have at least {found} items', '至少 {found} 项'],
  arrayMaxSize: [/(\d+) elements$/, 'must have at most {found} items', '最多 {found} 项'],
  isIn: [/values: (.*)$/, 'must be one of: {found}', '必须是以下之一：{found}'],
};

/** A constraint's message in the language of the request, without the name of the field. */
export function messageOf(constraint: string, message: string): string {
  const [pattern, en, zh] = (Object.hasOwn(SPOKEN, constraint) && SPOKEN[constraint]) || [];
  const match = pattern?.exec(message);
  return match ? say(en as string, zh as string, { found: match[1] ?? '' }) : message;
}
