import { createHmac } from 'node:crypto';
import { MEMBERSHIPS, membershipOf, SECRET, USERS } from './data.js';

export const WORKLOADS = ['profile', 'check-in', 'calendar + stats', 'leaderboard'] as const;
export type Workload = (typeof WORKLOADS)[number];

export const NOTE = '六公里，32 分钟，下着小雨';

export interface BenchRequest {
  userId: number;
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

/** The `n`th request of a workload. Check-ins never repeat; the others walk over all memberships again and again. */
export function requestOf(workload: Workload, n: number, today: string): BenchRequest {
  if (workload === 'profile') return { userId: (n % USERS) + 1, method: 'GET', path: '/me' };
  if (workload === 'check-in') {
    if (n >= MEMBERSHIPS) throw new Error('Everybody has checked in: take shorter turns');
    const { groupId, userId } = membershipOf(n);
    const body = JSON.stringify({ note: NOTE });
    return { userId, method: 'POST', path: `/groups/${groupId}/check-ins`, body };
  }
  // Coprime to the number of memberships: all of them come, neighbours far apart.
  const { groupId, userId } = membershipOf((n * 7_919) % MEMBERSHIPS);
  if (workload === 'leaderboard') {
    return { userId, method: 'GET', path: `/groups/${groupId}/leaderboard?board=streak` };
  }
  const member = `/groups/${groupId}/members/me`;
  const month = today.slice(0, 7);
  const path = n % 2 === 0 ? `${member}/calendar?from=${month}-01&to=${month}-28` : `${member}/stats`;
  return { userId, method: 'GET', path };
}

/** An access token as the product signs them; the session has the id of its user. */
export function tokenOf(userId: number): string {
  const iat = Math.floor(Date.now() / 1000) - 5;
  const claims = {
    sub: String(userId),
    sid: userId,
    role: 'user',
    iat,
    exp: iat + 7_200,
    iss: 'higroup',
    aud: 'higroup',
  };
  const content = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

const tokens = new Map<number, string>();

/** The request as it goes over the wire: with the headers a client sends, and no compression. */
export function wireOf({ userId, method, path, body }: BenchRequest): string {
  let token = tokens.get(userId);
  if (!token) tokens.set(userId, (token = tokenOf(userId)));
  const content = body
    ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
    : '';
  return (
    `${method} /api/v1${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
    `Accept: application/json\r\nAccept-Language: zh-CN,zh;q=0.9\r\nUser-Agent: HiGroup/1.0\r\n${content}\r\n${body ?? ''}`
  );
}
