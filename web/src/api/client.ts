import createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { ApiError, toApiError } from './errors';
import { accessToken, tokenInsteadOf } from '@/session/token';
import { currentLocale } from '@/i18n';

/** A type of the API by its name: `Api['GroupDto']`. */
export type Api = components['schemas'];

/** The routes as functions, typed by openapi.json. Wrap a call in `unwrap` to have its data or an `ApiError`. */
export const http = createClient<paths>({
  baseUrl: location.origin,
  // Repeated, as the API wants them: ?types=like&types=comment
  querySerializer: { array: { style: 'form', explode: true } },
  fetch: send,
});

let ending = new AbortController();

/** Calls off what is on its way: after signing out it would only be refused. */
export function abortRequests(): void {
  ending.abort();
  ending = new AbortController();
}

/** Once more with a new token when the one it had was refused: it may be the token alone that is over. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const { signal } = ending;
  const response = await fetch(request, { signal });
  const refused = request.headers.get('authorization')?.slice('Bearer '.length);
  if (response.status !== 401 || !refused) return response;
  const token = await tokenInsteadOf(refused);
  if (!token) return response;
  again.headers.set('authorization', `Bearer ${token}`);
  return fetch(again, { signal });
}

/** Routes that are called without a token, and must not ask for one. */
const WITHOUT_TOKEN = ['login', 'register', 'refresh', 'sms-codes', 'password/reset'].map(
  (name) => `/api/v1/auth/${name}`,
);

http.use({
  async onRequest({ request, schemaPath }) {
    request.headers.set('accept-language', currentLocale());
    if (WITHOUT_TOKEN.includes(schemaPath)) return;
    const token = await accessToken();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
  },
});

interface Answered<T> {
  // Optional because the library leaves out what can only be null.
  data?: { code: number; data?: T };
  error?: unknown;
  response: Response;
}

/**
 * The data of an answer.
 * @throws ApiError when the server refuses or cannot be reached
 */
export async function unwrap<T>(call: Promise<Answered<T>>): Promise<T> {
  let answer: Answered<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw toApiError(0);
  }
  if (answer.data !== undefined) return answer.data.data as T;
  throw toApiError(answer.response.status, answer.error);
}
