import { once } from 'node:events';
import type { Server } from 'node:http';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppConfig } from '../config/app-config.js';
import { Lifecycle } from './lifecycle.js';

const SWEEP_MS = 100;
const WAIT_MS = 50;
const MOST_WAITS = 20;

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
 * Readiness turns to 503 and soon no connection is accepted any more; every request of the open ones is answered, and
 * its answer closes the connection; what is left after `SHUTDOWN_TIMEOUT_MS` is cut. Only then the application is
 * taken down, its pools last.
 */
export async function stopGracefully(app: NestFastifyApplication): Promise<void> {
  const lifecycle = app.get(Lifecycle);
  lifecycle.ready = false;
  const server: Server = app.getHttpServer();
  if (server.listening) {
    await untilNobodyKnocks(server);
    const drained = once(server, 'close');
    // Node calls this when it stops listening; see `closeIdle` for why it must not.
    server.closeIdleConnections = () => undefined;
    server.close();
    // Not before: a client that is sent away while the door is open comes back, and finds it slammed in its face.
    lifecycle.beginClosing();
    // In the check phase, after what has arrived was read.
    const sweep = setInterval(() => setImmediate(() => lifecycle.closeIdle()), SWEEP_MS);
    const deadline = setTimeout(
      () => server.closeAllConnections(),
      app.get(AppConfig).http.shutdownTimeoutMs,
    );
    await drained;
    clearInterval(sweep);
    clearTimeout(deadline);
  }
  await app.close();
}

/** The system completes connections before Node takes them, one per turn; those left in the queue would be reset. */
async function untilNobodyKnocks(server: Server): Promise<void> {
  let knocked = true;
  const note = () => (knocked = true);
  server.on('connection', note);
  for (let waits = 0; knocked && waits < MOST_WAITS; waits++) {
    knocked = false;
    await sleep(WAIT_MS);
    await immediate();
  }
  server.off('connection', note);
}
