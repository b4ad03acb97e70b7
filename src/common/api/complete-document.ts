import type { OpenAPIObject } from '@nestjs/swagger';
import type { Access } from '../auth/access.js';
import { appError } from '../errors/app-error.js';
import { ERROR_CATALOGUE, type ErrorName } from '../errors/error-codes.js';
import { toErrorBody } from '../filters/to-error-body.js';
import { ERROR_MARK } from './openapi-decorators.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** A cause, and the status it is answered with where it has several. */
type Failure = readonly [name: ErrorName, status?: number];

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const SECURITY = { bearer: [] };

/** What any route may answer, whatever it does. */
const ALWAYS: readonly Failure[] = [
  ['BAD_PARAMETER'],
  ['RATE_LIMITED'],
  ['INTERNAL'],
  ['DATABASE_UNAVAILABLE'],
  ['OVERLOADED'],
];
const WITH_TOKEN: readonly Failure[] = [['NOT_LOGGED_IN'], ['TOKEN_INVALID'], ['TOKEN_EXPIRED']];
const WITH_SCOPE: readonly Failure[] = [['NO_PERMISSION']];
/** A body may be refused before a route sees it, whether the route takes one or not. */
const WRITING: readonly Failure[] = [['CONFLICT_RETRY'], ['HTTP_ERROR', 413], ['HTTP_ERROR', 415]];

/** Values for the holes in the messages of examples. */
const EXAMPLE_VALUES: Readonly<Record<string, number>> = {
  seconds: 30,
  min: 5,
  max: 400,
  days: 7,
  limit: 3,
  members: 12,
};
const EXAMPLE_CONTEXT = {
  request: 'POST /api/v1/groups/7/members',
  requestId: '5f0c9f0e-3c0e-4d55-9a5b-6f1e2a7b8c9d',
  language: 'en',
} as const;

const ERROR_SCHEMA = {
  type: 'object',
  required: ['code', 'msg', 'data'],
  properties: {
    code: { type: 'integer', description: 'The number of the cause; never 0.' },
    msg: { type: 'string', description: 'For people, in the language of Accept-Language.' },
    data: {
      type: 'object',
      required: ['error', 'request', 'requestId'],
      properties: {
        error: { type: 'string', description: 'The name of the cause.' },
        request: { type: 'string', description: 'Method and path.' },
        requestId: { type: 'string', description: 'Also in the header x-request-id.' },
        fields: {
          type: 'object',
          additionalProperties: { type: 'array', items: { type: 'string' } },
          description: 'What is wrong with which field.',
        },
        details: { type: 'object', additionalProperties: true, description: 'Facts of this cause.' },
      },
    },
  },
};

/**
 * Adds what the decorators cannot know of each other: who may call a route (`x-access` becomes `security`) and every
 * failure it can answer, each with an example made from the catalogue.
 */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  document.security = [SECURITY];
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, ErrorAnswer: ERROR_SCHEMA as never };
  const examples = (components.examples ??= {});
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      markDefaults(operation);
      const access = takeAccess(operation);
      applyAccess(operation, access);
      for (const failure of failuresOf(operation, method, access)) {
        const example = exampleName(failure);
        examples[example] ??= exampleOf(failure);
        addFailure(operation, failure, example);
      }
    }
  }
  return document;
}

/** What has a default may be left out, whatever its type says. */
function markDefaults({ parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if ('schema' in parameter && parameter.schema && 'default' in parameter.schema)
      parameter.required = false;
  }
}

function takeAccess(operation: Operation & { 'x-access'?: Access }): Access {
  const access = operation['x-access'] ?? { mode: 'required' };
  delete operation['x-access'];
  return access;
}

function applyAccess(operation: Operation, { mode, scope }: Access): void {
  if (mode === 'public') operation.security = [];
  if (mode === 'optional') operation.security = [SECURITY, {}];
  if (scope)
    operation.description = [operation.description, `Needs the scope \`${scope}\`.`]
      .filter(Boolean)
      .join('\n\n');
}

function failuresOf(operation: Operation, method: string, access: Access): Failure[] {
  return [
    ...ALWAYS,
    ...(access.mode === 'public' ? [] : WITH_TOKEN),
    ...(access.scope ? WITH_SCOPE : []),
    ...(method === 'get' ? [] : WRITING),
    ...takeMarks(operation),
  ];
}

function takeMarks(operation: object): Failure[] {
  const marks = Object.keys(operation).filter((key) => key.startsWith(ERROR_MARK));
  for (const mark of marks) delete (operation as Record<string, unknown>)[mark];
  return marks.map((mark) => [mark.slice(ERROR_MARK.length) as ErrorName]);
}

function addFailure(operation: Operation, failure: Failure, example: string): void {
  const status = String(statusOf(failure));
  const response = (operation.responses[status] ??= {
    description: 'One of:',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' }, examples: {} } },
  }) as { description: string; content: { 'application/json': { examples: Record<string, object> } } };
  const { examples } = response.content['application/json'];
  if (example in examples) return;
  examples[example] = { $ref: `#/components/examples/${example}` };
  response.description += ` \`${failure[0]}\``;
}

function exampleName(failure: Failure): string {
  return failure[1] ? failure.join('_') : failure[0];
}

function exampleOf(failure: Failure): { summary: string; value: object } {
  const [name] = failure;
  const error = appError(name, {
    status: statusOf(failure),
    args: EXAMPLE_VALUES,
    fields: name === 'BAD_PARAMETER' ? { name: ['must be at most 40 characters'] } : undefined,
  });
  return { summary: error.message, value: toErrorBody(error, EXAMPLE_CONTEXT) };
}

function statusOf([name, status]: Failure): number {
  return status ?? ERROR_CATALOGUE[name].status;
}
