import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { ErrorName } from '../errors/error-codes.js';

/** `data` of a success: a DTO, a list of it, a page of it, or nothing. */
export type DataShape = Type | [Type] | PageOf | null;

class PageOf {
  constructor(readonly item: Type) {}
}

/** A keyset page of a DTO, for `@ApiOkData(page(GroupDto))`. */
export const page = (item: Type) => new PageOf(item);

export const ApiOkData = (shape: DataShape) =>
  ApiResponse({ status: 200, description: 'Done.', type: envelopeOf(shape) });

export const ApiCreatedData = (shape: DataShape) =>
  ApiResponse({ status: 201, description: 'Created.', type: envelopeOf(shape) });

/** The causes of failure of a route beyond the ones every route has, see `completeDocument`. */
export const ApiErrors = (...names: ErrorName[]) =>
  applyDecorators(...names.map((name) => ApiExtension(`${ERROR_MARK}${name}`, true)));

/** An extension for each cause, as extensions with the same name would replace each other. */
export const ERROR_MARK = 'x-error-';

const made = new Map<string, Type>();

/** The class of the whole answer, one for each shape, so that it gets a name in the document. */
function envelopeOf(shape: DataShape): Type {
  if (shape === null) return named('EmptyAnswer', { type: 'object', nullable: true, enum: [null] } as object);
  if (shape instanceof PageOf) return named(`${stem(shape.item)}PageAnswer`, { type: pageOf(shape.item) });
  if (Array.isArray(shape)) return named(`${stem(shape[0])}ListAnswer`, { type: shape[0], isArray: true });
  return named(`${stem(shape)}Answer`, { type: shape });
}

function named(name: string, data: Parameters<typeof ApiProperty>[0]): Type {
  return classOf(name, { code: { type: 'integer', enum: [0] }, msg: { type: 'string', enum: ['ok'] }, data });
}

function pageOf(item: Type): Type {
  return classOf(`${stem(item)}Page`, {
    items: { type: item, isArray: true },
    nextCursor: {
      type: 'string',
      nullable: true,
      description: 'Send it as `cursor` for the next page; null on the last.',
    },
  });
}

function classOf(name: string, properties: Record<string, Parameters<typeof ApiProperty>[0]>): Type {
  const known = made.get(name);
  if (known) return known;
  const made_ = { [name]: class {} }[name] as Type;
  for (const [key, options] of Object.entries(properties))
    ApiProperty(options)(made_.prototype as object, key);
  made.set(name, made_);
  return made_;
}

function stem(type: Type): string {
  return type.name.replace(/Dto$/, '');
}
