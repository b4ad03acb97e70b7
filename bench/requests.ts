import { createHmac } from 'node:crypto';
import { SECRET } from './data.js';

export interface BenchRequest {
  /** Requests of one kind make the product send the same statements. */
  kind: string;
  userId: number;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: string;
  /** What must have been answered before, for this to be what it usually is. */
  after?: BenchRequest;
}

/** An access token as the product signs them; the session has the id of its user. */
function signedFor(userId: number): string {
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

/** The same for a user every time: of a new one the product asks the database whether its session is open. */
export function tokenOf(userId: number): string {
  let token = tokens.get(userId);
  if (!token) tokens.set(userId, (token = signedFor(userId)));
  return token;
}

/** The request as it goes over the wire: with the headers a client sends, and no compression. */
export function wireOf({ userId, method, path, body }: BenchRequest): string {
  const content = body
    ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
    : '';
  return (
    `${method} /api/v1${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokenOf(userId)}\r\n` +
    `Accept: application/json\r\nAccept-Language: zh-CN,zh;q=0.9\r\nUser-Agent: HiGroup/1.0\r\n${content}\r\n${body ?? ''}`
  );
}
