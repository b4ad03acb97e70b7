const SECRET_KEY =
  /passw|secret|token|phone|authori[sz]ation|cookie|tsessionid|api_?key|credential|signature|^otp$|^pin$|sms_?code/i;
const CENSORED = '[redacted]';
const MAX_DEPTH = 8;

/** A copy without what must not be in a log: values under telling names, at any depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return describeError(value, depth);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    copy[key] = isSecret(key, item) ? CENSORED : redact(item, depth + 1);
  }
  return copy;
}

/** `code` is an SMS code when it is text of digits; as a number it is one of our causes, else a system's error name. */
function isSecret(key: string, value: unknown): boolean {
  if (key === 'code') return typeof value === 'string' && /^\d{4,8}$/.test(value);
  return SECRET_KEY.test(key) && value !== null && value !== undefined && value !== '';
}

/** Only what tells the cause: drivers' errors carry the statement and its parameters, which are people's data. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, errno, status, cause } = error as Error & Record<'code' | 'errno' | 'status', unknown>;
  return {
    type: error.name,
    message: scrub(error.message),
    ...(code !== undefined && { code }),
    ...(errno !== undefined && { errno }),
    ...(status !== undefined && { status }),
    stack: error.stack && scrub(error.stack),
    ...(cause !== undefined && depth < MAX_DEPTH && { cause: redact(cause, depth + 1) }),
  };
}

/** Texts of errors quote values: phones, tokens. */
export function scrub(text: string): string {
  return text
    .replace(/\+\d{7,15}\b/g, '[phone]')
    .replace(/\b1[3-9]\d{9}\b/g, '[phone]')
    .replace(/\b(bearer|jwt)\s+\S+/gi, '$1 [token]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]');
}
