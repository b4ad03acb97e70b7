import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import * as classTransformer from 'class-transformer';
import * as classValidator from 'class-validator';
import type { ValidationError } from 'class-validator';
import { appError } from '../errors/app-error.js';
import { assertJsonLimits } from './json-limits.js';
import { messageOf } from './messages.js';
import { say } from './say.js';

/** A hostile body must not be answered with a long list of its own names. */
const MAX_FIELDS = 50;
const MAX_NAME_LENGTH = 100;

/** The global pipe: bodies and queries become instances of their DTO or are refused, field by field. */
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      exceptionFactory: (errors) => appError('BAD_PARAMETER', { fields: fieldsOf(errors) }),
      validatorPackage: classValidator,
      transformerPackage: classTransformer,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Path ids and our own parameter decorators check what they hand out.
    if (metadata.type !== 'body' && metadata.type !== 'query') return value;
    if (!this.toValidate(metadata))
      throw new TypeError(`A ${metadata.type} without a DTO class cannot be validated`);
    // A body that is not there at all is one without fields.
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
      throw appError('BAD_PARAMETER', {
        fields: { [metadata.type]: [say('must be an object', '必须是对象')] },
      });
    // Bodies have been through it when they were parsed.
    if (metadata.type === 'query') assertJsonLimits(value);
    return super.transform(value, metadata);
  }
}

export const validationPipe = new RequestValidationPipe();

/** Field (`a.b.0` for nested ones) → what is wrong with it. */
export function fieldsOf(errors: readonly ValidationError[]): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  const pending = errors.map((error) => ({ error, path: error.property }));
  for (let next = pending.shift(); next && fields.size < MAX_FIELDS; next = pending.shift()) {
    const { error, path } = next;
    const messages = Object.entries(error.constraints ?? {}).map(([constraint, message]) =>
      messageOf(constraint, withoutName(message, error.property)),
    );
    if (messages.length > 0) fields.set(path.slice(0, MAX_NAME_LENGTH), [...new Set(messages)]);
    for (const child of error.children ?? [])
      pending.push({ error: child, path: `${path}.${child.property}` });
  }
  return Object.fromEntries(fields);
}

function withoutName(message: string, property: string): string {
  const text = message.replace(/^each value in /, '');
  return text.startsWith(`${property} `) ? text.slice(property.length + 1) : text;
}
