import type { TestApp } from './app.js';
import type { Answer, Api } from './client.js';
import { expectStatus } from './world.js';

export const PASSWORD = 'correct horse battery';

let phones = 0;

/** A phone that no other test has, in E.164. */
export const newPhone = () => `+86138${String(++phones).padStart(8, '0')}`;

/** Asks for a code; a phone that had one less than a minute ago is refused. */
export async function codeFor(t: TestApp, phone: string, purpose: string): Promise<string> {
  expectStatus(201, await t.api.post('/auth/sms-codes', { phone, purpose }));
  return t.codes.get(phone)!;
}

/** Six digits that are not those. */
export const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export interface Account {
  id: number;
  phone: string;
  sessionId: number;
  refreshToken: string;
  /** What registering has answered. */
  answer: Answer['data'];
  /** With the token that registering has given. */
  api: Api;
}

/** An account made as a person makes one, hashing and all. */
export async function register(t: TestApp, profile: object = {}, phone = newPhone()): Promise<Account> {
  const code = await codeFor(t, phone, 'register');
  const body = { phone, code, password: PASSWORD, ...profile };
  const { data } = expectStatus(201, await t.api.post('/auth/register', body));
  const { sessionId, refreshToken } = data;
  return { id: data.user.id, phone, sessionId, refreshToken, answer: data, api: bearer(t, data.accessToken) };
}

export const bearer = (t: TestApp, token: string): Api => t.api.with({ authorization: `Bearer ${token}` });
