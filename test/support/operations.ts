import { readFileSync } from 'node:fs';

export type Json = Record<string, unknown>;

export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  example?: unknown;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description?: string;
  required?: boolean;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema: Schema; example?: unknown; examples?: Json }>;
}

export interface Operation {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  operationId: string;
  summary?: string;
  tags: string[];
  parameters: Parameter[];
  /** Of the JSON body; undefined where there is none. */
  body?: Schema;
  /** Whether it takes a form with a file instead. */
  form: boolean;
  /** Undefined: that of the document. */
  security?: Record<string, string[]>[];
  responses: Record<string, Content & { description: string }>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

export const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Json>;
  security: object[];
  components: Record<string, Record<string, Json>>;
};

/** Every operation of the committed openapi.json. */
export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => method in item).map((method) => {
    const operation = item[method] as Omit<Operation, 'body' | 'form'> & { requestBody?: Content };
    return {
      ...operation,
      method: method.toUpperCase() as Operation['method'],
      path,
      parameters: operation.parameters ?? [],
      body: jsonBodyOf(operation.requestBody),
      form: 'multipart/form-data' in (operation.requestBody?.content ?? {}),
    };
  }),
);

function jsonBodyOf(body?: Content): Schema | undefined {
  const json = body?.content?.['application/json'];
  return json && resolve(json.schema);
}

export const title = ({ method, path }: Operation) => `${method} ${path}`;

/** A row of `it.each` for each: its title and itself. */
export const rowsOf = (list: Operation[]) => list.map((operation) => [title(operation), operation] as const);

export const needsToken = ({ security }: Operation) => security === undefined;

/** The schema itself where it is a reference to a named one. */
export function resolve(schema: Schema): Schema {
  const { $ref, allOf, ...rest } = schema;
  if (allOf?.length === 1) return { ...resolve(allOf[0]!), ...rest };
  if (!$ref) return schema;
  const name = $ref.split('/').at(-1)!;
  return resolve(document.components['schemas']![name] as Schema);
}

/** A value as the document shows it: of an object what is required or has an example. */
export function exampleOf(schema: Schema): unknown {
  const { example, enum: values, properties, required = [] } = resolve(schema);
  if (example !== undefined) return example;
  if (values) return values[0];
  if (!properties) return undefined;
  const shown = Object.entries(properties).map(([name, each]) => [name, exampleOf(each)] as const);
  for (const name of required)
    if (!shown.some(([each, value]) => each === name && value !== undefined))
      throw new Error(`${name} is required and has no example`);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined));
}

/** The request the document shows; ids are all 1. */
export function exampleRequest({ method, path, parameters, body }: Operation) {
  const shown = ({ name, schema }: Parameter) =>
    name.toLowerCase().endsWith('id') ? '1' : encodeURIComponent(String(exampleOf(schema)));
  const query = parameters
    .filter((each) => each.in === 'query' && each.required)
    .map((each) => `${each.name}=${shown(each)}`);
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    shown(parameters.find((each) => each.in === 'path' && each.name === name)!),
  );
  return {
    method,
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    payload: body && (exampleOf(body) as object),
  };
}
