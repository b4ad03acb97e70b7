import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { say } from './say.js';
import { Check } from './check.js';
import { withoutTickets } from './without-tickets.js';
import { characterFault, lengthFault } from './text-faults.js';

export interface TextOptions {
  /** Least number of characters (code points) after trimming; with 1 or more one of them must be visible. */
  min?: number;
  /** Greatest number of characters after trimming. */
  max: number;
  /** Line breaks and tabs are allowed; CR LF becomes LF. */
  multiline?: boolean;
}

/** A text for people, trimmed, without signatures of pictures. NUL, control characters, lone surrogates and bidi controls are refused. */
export function IsText({ min = 0, max, multiline = false }: TextOptions) {
  return applyDecorators(
    ApiProperty({ minLength: min, maxLength: max }),
    Transform(({ value }: { value: unknown }) => tidy(value, multiline), { toClassOnly: true }),
    Check('isText', (value) => textFault(value, min, max, multiline)),
  );
}

function textFault(value: unknown, min: number, max: number, multiline: boolean): string | undefined {
  const fault = characterFault(value, multiline) ?? lengthFault(value as string, min, max);
  if (fault || min === 0) return fault;
  const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u.test(value as string);
  return visible ? undefined : say('must not be empty', '不能为空');
}

function tidy(value: unknown, multiline: boolean): unknown {
  if (typeof value !== 'string') return value;
  return withoutTickets(multiline ? value.replace(/\r\n?/g, '\n') : value).trim();
}
