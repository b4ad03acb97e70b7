import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { calendar, checkIn, leaderboard, profile, stats } from './bare-answers.js';
import * as community from './bare-community.js';
import { questions } from './bare-questions.js';
import { SECRET } from './data.js';

/*
 * What the product is measured against: node:http and mysql2 with nothing between them. It runs the product's
 * statements and gives the product's answers, and checks what any correct server must check. It knows a dozen
 * routes, no limits, no logs, no languages, no validation beyond what it needs, and its errors are all alike.
 */

const key = createSecretKey(Buffer.from(SECRET));

/** The user of a valid access token. */
function userOf({ headers }: IncomingMessage): number {
  const [head, payload, signature] = headers.authorization!.slice('Bearer '.length).split('.') as [
    string,
    string,
    string,
  ];
  const expected = createHmac('sha256', key).update(`${head}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('Forged token');
  if (JSON.parse(Buffer.from(head, 'base64url').toString()).alg !== 'HS256') throw new Error('Forged token');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (claims.iss !== 'higroup' || claims.aud !== 'higroup' || claims.exp * 1_000 <= Date.now()) {
    throw new Error('Token of another, or of the past');
  }
  return Number(claims.sub);
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const [path, search] = request.url!.split('?', 2) as [string, string?];
  const userId = userOf(request);
  if (path === '/api/v1/me') return profile(userId);
  const [, id, action] = /^\/api\/v1\/groups\/([1-9]\d{0,15})\/(.+)$/.exec(path) ?? [];
  const groupId = Number(id);
  if (action === 'members/me/calendar') return calendar(userId, groupId, new URLSearchParams(search));
  if (action === 'members/me/stats') return stats(userId, groupId);
  if (action === 'leaderboard') return leaderboard(userId, groupId);
  if (action === 'check-ins' && request.method === 'POST') {
    return checkIn(userId, groupId, (await bodyOf(request)).note!);
  }
  if (action === 'posts') return community.posts(userId, groupId, new URLSearchParams(search));
  if (path === '/api/v1/questions') return questions(userId, new URLSearchParams(search));
  const ofPost = /^\/api\/v1\/posts\/([1-9]\d{0,15})(\/.+)?$/.exec(path);
  if (ofPost) return answerOfPost(request, userId, Number(ofPost[1]), ofPost[2]);
  throw new Error('No such route');
}

async function answerOfPost(request: IncomingMessage, userId: number, id: number, action?: string) {
  if (!action) return community.post(userId, id);
  if (action === '/comments') {
    if (request.method === 'GET') return community.comments(userId, id);
    return community.comment(userId, id, (await bodyOf(request)).body!);
  }
  if (action === '/like')
    return request.method === 'PUT' ? community.like(userId, id) : community.unlike(userId, id);
  throw new Error('No such route');
}

function bodyOf(request: IncomingMessage): Promise<{ note?: string; body?: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('error', reject);
    request.on('end', () => {
      try {
        resolve(JSON.parse(text) as { note?: string; body?: string });
      } catch (error) {
        reject(error);
      }
    });
  });
}

const server = createServer((request, response) => {
  const reply = (status: number, body: unknown) => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    });
    response.end(text);
  };
  answer(request).then(
    (data) => reply(request.method === 'POST' ? 201 : 200, { code: 0, msg: 'ok', data }),
    (error: unknown) => reply(500, { code: 1, msg: String(error), data: null }),
  );
});
server.keepAliveTimeout = 72_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
