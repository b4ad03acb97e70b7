import { expect } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import type { TestApp } from './app.js';
import type { Answer, Api } from './client.js';

/** An id that no test makes. */
export const NO_SUCH_ID = 987_654_321;

/** Sends `METHOD /path`; what takes a body and is given none gets an empty one. */
export function call(api: Api, route: string, body?: unknown): Promise<Answer> {
  const [method, url] = route.split(' ') as [Parameters<Api['send']>[0], string];
  return api.send(method, url, body ?? (method === 'GET' || method === 'DELETE' ? undefined : {}));
}

export async function expectSignInNeeded(anonymous: Api, routes: string[]): Promise<void> {
  for (const route of routes) {
    const answer = await call(anonymous, route);
    expect(answer, route).toMatchObject({ status: 401, code: 10006, error: 'NOT_LOGGED_IN' });
  }
}

/** Each case is a route, the field that the refusal has to name, and the body. */
export async function expectRubbishRefused(
  api: Api,
  cases: (readonly [route: string, field: string, body?: unknown])[],
): Promise<void> {
  for (const [route, field, body] of cases) {
    const answer = await call(api, route, body);
    const what = `${route} ${JSON.stringify(body)}`;
    expect(answer, what).toMatchObject({ status: 400, code: 11001, error: 'BAD_PARAMETER' });
    expect(Object.keys(answer.fields ?? {}), what).toContain(field);
  }
}

/** Every item of a list, page by page; `between` runs after each page. */
export async function pagesOf(
  api: Api,
  url: string,
  limit: number,
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<Answer['data'][]> {
  const items: Answer['data'][] = [];
  let cursor: string | null = null;
  for (let page = 1; page === 1 || cursor; page++) {
    const next: string = cursor ? `&cursor=${cursor}` : '';
    const { data } = await api.get(`${url}${url.includes('?') ? '&' : '?'}limit=${limit}${next}`);
    expect(data.items.length).toBeLessThanOrEqual(limit);
    items.push(...data.items);
    cursor = data.nextCursor;
    await between(page);
  }
  return items;
}

/** The one number of a query's only row. */
export async function numberOf(t: TestApp, sql: string, ...params: (string | number)[]): Promise<number> {
  const row = await t.app.get(Database).row<Record<string, number | string>>(sql, params);
  return Number(Object.values(row!)[0]);
}

export interface LoggedAct {
  action: string;
  actorId: number;
  requestId: string;
  detail: Record<string, unknown>;
}

/** What the business log has about a group or a user, oldest first. */
export async function actsOn(
  t: TestApp,
  objectType: 'group' | 'user' | 'post' | 'comment',
  id: number,
): Promise<LoggedAct[]> {
  const rows = await t.app.get(Database).rows<LoggedAct & { detail: unknown }>(
    `select action, actor_id as actorId, request_id as requestId, detail from business_log
     where object_type = ? and object_id = ? order by id`,
    [objectType, id],
  );
  return rows.map((row) => ({
    ...row,
    detail: (typeof row.detail === 'string' ? JSON.parse(row.detail) : row.detail) as LoggedAct['detail'],
  }));
}

/** How often each status and cause was answered, e.g. `{ '201': 1, '409 GROUP_FULL': 4 }`. */
export function tally(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, error } of answers) {
    const key = error ? `${status} ${error}` : String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
