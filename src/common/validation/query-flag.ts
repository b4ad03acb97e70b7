import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check } from './check.js';
import { say } from './say.js';

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** `true` or `false` of a query string. */
export const QueryFlag = () =>
  applyDecorators(
    ApiProperty({ type: Boolean }),
    Transform(
      ({ value }: { value: unknown }) => (typeof value === 'string' ? (FLAGS[value] ?? value) : value),
      {
        toClassOnly: true,
      },
    ),
    Check('queryFlag', (value) =>
      typeof value === 'boolean' ? undefined : say('must be true or false', '必须是 true 或 false'),
    ),
  );
