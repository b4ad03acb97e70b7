import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Check } from './check.js';
import { say } from './say.js';

/** `true` or `false` in a query string. */
export const QueryFlag = () =>
  applyDecorators(
    ApiProperty({ type: Boolean }),
    Transform(
      ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value),
      {
        toClassOnly: true,
      },
    ),
    Check('queryFlag', (value) =>
      typeof value === 'boolean' ? undefined : say('must be true or false', '必须是 true 或 false'),
    ),
  );
