import { currentRequest } from '../request/request-context.js';

export type Values = Readonly<Record<string, string | number>>;

/** Puts values into the `{name}` holes of a text. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** A text in the language of the running request; English outside of requests. */
export function say(en: string, zh: string, values: Values = {}): string {
  return fill(currentRequest()?.language === 'zh' ? zh : en, values);
}
