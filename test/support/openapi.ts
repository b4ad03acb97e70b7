import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;

interface Route {
  method: string;
  template: string;
  pattern: RegExp;
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const FORMATS: Record<string, RegExp> = {
  date: /^\d{4}-\d\d-\d\d$/,
  // What the API promises: UTC with milliseconds.
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
};

/** An API document against which answers are held. */
export class OpenApiContract {
  private readonly ajv = new Ajv({ allErrors: true, strict: false, formats: FORMATS });
  private readonly routes: Route[];
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(document: Json) {
    const { schemas = {} } = (document['components'] ?? {}) as { schemas?: Json };
    this.ajv.addSchema({ components: { schemas: mapValues(schemas, toJsonSchema) } }, 'openapi');
    this.routes = Object.entries(document['paths'] as Record<string, Json>)
      .flatMap(([template, path]) =>
        METHODS.filter((method) => method in path).map((method) => ({
          method: method.toUpperCase(),
          template,
          pattern: new RegExp(
            `^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}/?$`,
          ),
          responses: (path[method] as { responses: Route['responses'] }).responses,
        })),
      )
      // A path without parameters wins over one whose parameter would match it.
      .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  /** Every documented route as `METHOD /template`. */
  get operations(): string[] {
    return this.routes.map(({ method, template }) => `${method} ${template}`);
  }

  /** Throws unless the document says that this request may be answered with this status and this body. */
  assertMatches(method: string, url: string, status: number, body: unknown): void {
    const path = url.split('?', 1)[0] as string;
    const request = `${method} ${path}`;
    const route = this.routes.find((each) => each.method === method.toUpperCase() && each.pattern.test(path));
    if (!route) {
      // An address or a method that does not exist has nothing documented but the shape of every failure.
      if (![400, 404, 405, 414, 415].includes(status))
        throw new Error(`${request} is not documented but answered ${status}`);
      return this.assertSchema(`${request} ${status}`, '#/components/schemas/ErrorAnswer', body);
    }
    const response = route.responses[status];
    if (!response)
      throw new Error(`${request} answered ${status}, which ${route.template} does not document`);
    const schema = response.content?.['application/json']?.schema;
    if (!schema) throw new Error(`${request} ${status} is documented without a schema`);
    const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
    if (!ref) throw new Error(`the schema of ${request} ${status} has no name`);
    this.assertSchema(`${request} ${status}`, ref, body);
    this.assertExample(`${request} ${status}`, response, body);
  }

  private assertSchema(what: string, ref: string, body: unknown): void {
    let validate = this.validators.get(ref);
    if (!validate) this.validators.set(ref, (validate = this.ajv.compile({ $ref: `openapi${ref}` })));
    if (validate(body)) return;
    throw new Error(
      `${what} differs from openapi.json: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
    );
  }

  /** A failure's cause must be one of those that are documented for its status. */
  private assertExample(what: string, response: Json, body: unknown): void {
    const error = (body as { data?: { error?: string } } | null)?.data?.error;
    const { examples } =
      (response['content'] as Record<string, { examples?: Json }>)['application/json'] ?? {};
    if (!examples || !error) return;
    if (!Object.keys(examples).some((name) => name.replace(/_\d+$/, '') === error))
      throw new Error(`${what} gives the cause ${error}, which is not documented for it`);
  }
}

let committed: OpenApiContract | undefined;

/** Holds an answer against the committed openapi.json. */
export function assertMatchesOpenApi(method: string, url: string, status: number, body: unknown): void {
  committed ??= new OpenApiContract(
    JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as Json,
  );
  committed.assertMatches(method, url, status, body);
}

/**
 * OpenAPI 3.0's dialect as JSON Schema: `nullable` becomes a type, and an object has no properties but its own, so
 * that a field which nobody documented is found.
 */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _example, ...rest } = schema as Json;
  const result: Json = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'enum' || key === 'required' || key === 'default') result[key] = value;
    else if (key === 'properties') result[key] = mapValues(value as Json, toJsonSchema);
    else result[key] = toJsonSchema(value);
  }
  if ('properties' in result && !('additionalProperties' in result)) result['additionalProperties'] = false;
  return nullable ? { anyOf: [result, { type: 'null' }] } : result;
}

function mapValues(object: Json, map: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
