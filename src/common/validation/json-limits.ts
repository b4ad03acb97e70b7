import { appError } from '../errors/app-error.js';
import { say } from './say.js';

export const MAX_DEPTH = 32;
export const MAX_KEYS = 1000;

/**
 * Names that every object has: a careless copy of such a field would reach the prototype of all objects, and
 * class-transformer leaves the ones that are methods out before the validation could refuse them.
 */
const FORBIDDEN = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/**
 * Refuses input that would make the validation itself expensive or unsafe: deeper than 32 levels, more than 1000
 * fields and list items together, or fields with a name that every object has. Not recursive, so that depth costs no stack.
 */
export function assertJsonLimits(input: unknown): void {
  const pending: { value: object; depth: number }[] = [];
  let keys = 0;
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null) return;
    if (depth > MAX_DEPTH)
      throw refused(
        'body',
        say('must not be nested deeper than {max} levels', '嵌套不能超过 {max} 层', { max: MAX_DEPTH }),
      );
    pending.push({ value, depth });
  };
  visit(input, 1);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    const names = Object.keys(value);
    if ((keys += names.length) > MAX_KEYS)
      throw refused(
        'body',
        say('must not have more than {max} fields', '字段不能超过 {max} 个', { max: MAX_KEYS }),
      );
    for (const name of names) {
      if (FORBIDDEN.has(name)) throw refused(name, say('is not a known field', '不认识这个字段'));
      visit((value as Record<string, unknown>)[name], depth + 1);
    }
  }
}

function refused(field: string, message: string) {
  return appError('BAD_PARAMETER', { fields: Object.fromEntries([[field, [message]]]) });
}
