import multipart from '@fastify/multipart';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appError } from '../errors/app-error.js';
import { FormFile } from './form-file.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `@FileForm()`. */
    fileForm?: boolean;
  }
}

/** A route that takes a form with one file, in the field `file`. Everywhere else forms are refused (415). */
export const FileForm = () =>
  applyDecorators(
    RouteConfig({ fileForm: true }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    }),
  );

/** The `FormFile` of a `@FileForm()` route; nothing of it has been read yet. */
export const UploadedFormFile = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return new FormFile(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

type Parser = (request: FastifyRequest, payload: never, done: (error?: Error) => void) => void;

/**
 * The plug-in, without its hooks, which every request would have to go through: they clean up after a mode that
 * writes temporary files, and that nothing here uses.
 */
export function acceptFormsWhereMeant(server: FastifyInstance): void {
  const withoutHooks = Object.create(server, {
    addHook: { value: () => withoutHooks },
    addContentTypeParser: {
      value: (type: string, parse: Parser) => {
        const parseWhereMeant: Parser = (request, payload, done) => {
          if (request.routeOptions.config.fileForm) parse(request, payload, done);
          else done(appError('HTTP_ERROR', { status: 415 }));
        };
        server.addContentTypeParser(type, parseWhereMeant as never);
      },
    },
  }) as FastifyInstance;
  multipart(withoutHooks, {}, () => undefined);
}
