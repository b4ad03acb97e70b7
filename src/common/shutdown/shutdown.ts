import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppConfig } from '../config/app-config.js';
import { Lifecycle } from './lifecycle.js';

const SWEEP_MS = 100;

/** SIGTERM and SIGINT end the process cleanly (exit 0); a second signal ends it at once. */
export function stopOnSignals(app: NestFastifyApplication): void {
  const logger = new Logger('Shutdown');
  let signals = 0;
  const stop = (signal: NodeJS.Signals) => {
    if (++signals > 1) process.exit(1);
    logger.log(`${signal}: answering the requests under way`);
    stopGracefully(app).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('could not stop cleanly', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * Readiness turns to 503 and every answer closes its connection; no connection is accepted any more, requests under
 * way are answered, what is left after `SHUTDOWN_TIMEOUT_MS` is cut. The pools are closed last, by the hooks that run
 * once the server is.
 */
export async function stopGracefully(app: NestFastifyApplication): Promise<void> {
  app.get(Lifecycle).stopping = true;
  const server: Server = app.getHttpServer();
  const closeIdle = server.closeIdleConnections.bind(server);
  // Node calls this when it stops listening, and takes a connection whose first request is still on the wire for
  // idle: the client would see a reset. The first sweep comes late enough for that request to have arrived.
  server.closeIdleConnections = () => undefined;
  const sweep = setInterval(closeIdle, SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), app.get(AppConfig).http.shutdownTimeoutMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(deadline);
  }
}
