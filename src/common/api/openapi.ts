import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeDocument } from './complete-document.js';

const PRODUCT = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The sections of the document, in the order in which they are shown. */
const TAGS: Record<string, string> = {
  Accounts: 'Registration, log-in, tokens and sessions.',
  Users: 'Profiles: your own, and the public part of others.',
  Groups: 'Finding, founding and running groups.',
  Members: 'Joining and leaving, roles, applications, invites.',
  'Check-ins': 'The daily check-in and making up for a missed day.',
  Statistics: 'Calendars, figures and leaderboards.',
  Posts: 'Posts in groups: written, edited, flagged, taken away and brought back.',
  Comments: 'Comments and replies, on posts and on check-ins.',
  Likes: 'Likes of posts, comments and check-ins.',
  Questions: 'Questions asked of the site or of a group.',
  Answers: 'Answers, replies to them, votes, and the accepted one.',
  Messages: 'What has happened that concerns you; live over the WebSocket `/ws`.',
  Uploads: 'Pictures.',
  Administration: 'For administrators of the site.',
  Health: 'For whoever watches over the process.',
};

/** The API document: the same for the same code, keys sorted, so that a difference in it is a difference in the API. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('HiGroup')
    .setDescription(
      'A community for people who do something every day together. Every answer is `{ code, msg, data }`.',
    )
    .setVersion(PRODUCT.version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a log-in.' },
      'bearer',
    );
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_controller, method) => method,
  });
  return sortKeys(completeDocument(document));
}

/** Lists keep their order, objects get theirs from the alphabet. */
function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  ) as T;
}
