import { appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';
import { badPath, pathParam } from './path-param.js';

const ID_SCHEMA = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, example: 7 } as const;

/** The id of that name in the path: plain ASCII digits, from 1 to 2^53 - 1. */
export const IdParam = pathParam(parseId, { schema: ID_SCHEMA });

/** The id of a user in the path; `me` is the actor's. */
export const UserIdParam = pathParam(
  (text, name, { actor }) => {
    if (text !== 'me') return parseId(text, name);
    if (!actor) throw appError('NOT_LOGGED_IN');
    return actor.id;
  },
  {
    description: 'The id of a user, or `me`.',
    schema: { oneOf: [ID_SCHEMA, { type: 'string', enum: ['me'] }], example: 'me' },
  },
);

export function parseId(text: string, name: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(id)) return id;
  const max = Number.MAX_SAFE_INTEGER;
  throw badPath(name, say('must be a whole number from 1 to {max}', '必须是 1 到 {max} 之间的整数', { max }));
}
