import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { CONTENT_LIMITS } from '../content/content.limits.js';
import { IsIntIn } from './is-int-in.js';

/** Ids of uploads, in the order in which they are shown; at most 9, none twice. */
export const ImageIds = () =>
  applyDecorators(
    IsIntIn(1, Number.MAX_SAFE_INTEGER, { each: true }),
    IsArray(),
    ArrayMaxSize(CONTENT_LIMITS.images),
    ArrayUnique(),
    ApiProperty({ maxItems: CONTENT_LIMITS.images, uniqueItems: true, example: [] }),
  );
