import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { pathParam } from '../../common/api/path-param.js';
import { type MediaSize } from './media-path.js';
import { mediaNotFound } from './upload.errors.js';

export interface MediaFile {
  name: string;
  size: MediaSize;
}

/** Names have one length, so that their end is never taken for a size. */
const FILE = /^([\w-]{24})(?:-(320|1280))?\.webp$/;

export const MediaFileParam = pathParam(
  (text): MediaFile => {
    const [, name, size] = FILE.exec(text) ?? [];
    if (!name) throw mediaNotFound();
    return { name, size: size ? (Number(size) as MediaSize) : null };
  },
  {
    description:
      '`<name>.webp`, `<name>-1280.webp` or `<name>-320.webp`, as in the addresses that the API gave out.',
    schema: { type: 'string', pattern: FILE.source, example: '3q2-7wAKbXo0Yk1nT5_uR8vZ-320.webp' },
  },
);

/** What the caller's cache has of the file, as it says itself. */
export const KnownTag = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<FastifyRequest>().headers['if-none-match'],
);
