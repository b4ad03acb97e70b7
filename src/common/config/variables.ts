import { EnvError, makeExactValidator } from 'envalid';
import type { OptionalValidatorSpec, RequiredValidatorSpec } from 'envalid';

/** What the documentation says about a variable, next to what envalid needs to read it. */
interface Documented {
  /** What may be written, for people. */
  format: string;
  /** Shown instead of the default where the default is computed. */
  defaultText: string;
  /** Never repeated in a message. */
  secret: boolean;
}

interface About<T> {
  desc: string;
  default?: T;
  defaultText?: string;
  example?: string;
  secret?: boolean;
  requiredWhen?: (env: Record<string, unknown>) => boolean;
}

export type Variable = (RequiredValidatorSpec<unknown> | OptionalValidatorSpec<unknown>) & Documented;

/** A kind of variable: `parse` throws an EnvError saying what is wrong, `show` writes a value as it is typed. */
function kind<T>(format: string, parse: (text: string) => T, show: (value: T) => string = String) {
  const validator = makeExactValidator<T>(parse) as (spec: Partial<About<T>>) => object;
  function describe(about: About<T> & { default: T }): RequiredValidatorSpec<T> & Documented;
  function describe(about: About<T>): OptionalValidatorSpec<T> & Documented;
  function describe(about: About<T>): Variable {
    const { defaultText, secret = false, ...spec } = about;
    return {
      ...validator({ ...spec, default: about.default }),
      format,
      secret,
      defaultText: defaultText ?? (about.default === undefined ? '' : show(about.default)),
    } as Variable;
  }
  return describe;
}

function must(valid: boolean, expectation: string): asserts valid {
  if (!valid) throw new EnvError(`must be ${expectation}`);
}

export function integer(min: number, max: number) {
  const format = `whole number, ${min} to ${max}`;
  return kind(format, (text) => {
    const value = Number(text);
    must(/^\d+$/.test(text) && value >= min && value <= max, `a ${format}`);
    return value;
  });
}

export const flag = kind('`true` or `false`', (text) => {
  must(text === 'true' || text === 'false', 'true or false');
  return text === 'true';
});

export function oneOf<const T extends string>(...choices: T[]) {
  return kind(choices.map((choice) => `\`${choice}\``).join(', '), (text) => {
    must(choices.includes(text as T), `one of ${choices.join(', ')}`);
    return text as T;
  });
}

/** @param expectation completes the sentence "must be …" */
export function text(expectation: string, valid: (text: string) => boolean = () => true) {
  return kind(expectation, (value) => {
    must(valid(value), expectation);
    return value;
  });
}

export function url(...protocols: string[]) {
  const expectation = `a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
  return text(expectation, (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));
}

/** Items separated by commas. */
export function list(expectation: string, valid: (item: string) => boolean) {
  return kind<readonly string[]>(
    expectation,
    (value) => {
      const items = value.split(',').map((item) => item.trim());
      for (const item of items) must(valid(item), `${expectation}; "${item}" is not`);
      return items;
    },
    (items) => items.join(','),
  );
}

/** So many calls within so many seconds. */
export interface Rate {
  readonly points: number;
  readonly seconds: number;
}

export const rate = kind<Rate>(
  'calls/seconds',
  (value) => {
    const [, points, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(value) ?? [];
    must(points !== undefined && seconds !== undefined, 'calls/seconds, such as 10/60');
    return { points: Number(points), seconds: Number(seconds) };
  },
  ({ points, seconds }) => `${points}/${seconds}`,
);

export const inProduction = (env: Record<string, unknown>): boolean => env['NODE_ENV'] === 'production';
