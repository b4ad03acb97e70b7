import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { LogConfig } from '../config/log.config.js';
import { currentRequest } from '../request/request-context.js';
import { redact, scrub } from './redact.js';

export type { Logger } from 'pino';

/** Lines are written together, so many bytes or after so long; the rest when the process ends. */
const BUFFER = { minLength: 4_096, periodicFlush: 100 };

/** @param stream where the lines go instead of standard output; for tests */
export function createLogger({ level, pretty: readable }: LogConfig, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // `redact` has described errors already; pino's own serializer would copy every property of theirs.
      serializers: { err: (described: unknown) => described },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      mixin: requestFields,
    },
    stream ?? (readable ? readableStream() : destination({ dest: 1, sync: false, ...BUFFER })),
  );
}

/** For lines whose fields are known to hold nothing that must be hidden: they are not looked through. */
export function withoutRedaction(logger: Logger): Logger {
  return logger.child({}, { formatters: { log: (fields) => fields } });
}

function readableStream(): DestinationStream {
  return PinoPretty({
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
    ignore: 'context',
    messageFormat: '{if context}[{context}] {end}{msg}',
  });
}

function requestFields(): object {
  const request = currentRequest();
  return request ? { requestId: request.requestId, userId: request.actorId } : {};
}

/** Lets everything that logs through Nest's `Logger` write to ours. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes `(message, …more, context)`; the last text is the name of the class that logs. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ) {
    if (!this.logger.isLevelEnabled(level)) return;
    const context = typeof rest.at(-1) === 'string' ? rest.pop() : undefined;
    // The start of Nest lists every route and module; only who debugs wants that.
    if (level === 'info' && NOISY.has(context as string)) level = 'debug';
    const [detail] = rest;
    const fields = {
      ...(context !== undefined && { context }),
      ...(message instanceof Error && { err: message }),
      ...(isObject(message) && message),
      ...(detail instanceof Error
        ? { err: detail }
        : typeof detail === 'string'
          ? { stack: detail }
          : isObject(detail) && detail),
    };
    this.logger[level](
      fields,
      message instanceof Error ? scrub(message.message) : isObject(message) ? undefined : String(message),
    );
  }
}

const NOISY = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}
