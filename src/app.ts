import { type INestApplication, type INestApplicationContext, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule, type Overrides } from './app.module.js';
import { buildDocument } from './common/api/openapi.js';
import type { AppConfig } from './common/config/app-config.js';
import { createAdapter, prepareServer } from './common/http/server.js';
import { WebSocketAdapter } from './common/http/websocket.adapter.js';
import { securityHeaders } from './common/http/security-headers.js';
import { Jobs } from './common/jobs/jobs.js';
import { createLogger, NestLogger, withoutRedaction } from './common/logging/logger.js';

/** The whole application, ready to `listen()` or to `inject()` requests into; `close()` it in the end. */
export async function createApp(
  config: AppConfig,
  overrides: Overrides = {},
): Promise<NestFastifyApplication> {
  const logger = createLogger(config.log);
  const requestLog = withoutRedaction(logger);
  const headers = await securityHeaders();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, overrides),
    createAdapter(config, headers, requestLog),
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  for (const warning of config.warnings) logger.warn(warning);
  await prepareServer(app, headers, requestLog, overrides.web);
  app.useWebSocketAdapter(new WebSocketAdapter(app));
  nameRoutes(app);
  SwaggerModule.setup('docs', app, () => buildDocument(app), {
    jsonDocumentUrl: 'docs/json',
    raw: ['json'],
    customSiteTitle: 'HiGroup API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tagsSorter: undefined },
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  app.get(Jobs).start();
  return app;
}

/** The services without a server, for commands; `close()` it in the end. */
export function createContext(
  config: AppConfig,
  overrides: Overrides = {},
): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.forRoot(config, overrides), {
    logger: new NestLogger(createLogger(config.log)),
    abortOnError: false,
  });
}

/** The application as far as its API document needs it: nothing is connected, nothing is made. */
export async function createPreview(config: AppConfig): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule.forRoot(config), new FastifyAdapter(), {
    logger: false,
    preview: true,
    abortOnError: false,
  });
  nameRoutes(app);
  return app;
}

/**
 * `/api/v1/…` for the product; health and documents are for machines and stay where these look for them, and
 * pictures outlive a version of the API.
 */
function nameRoutes(app: INestApplication): void {
  app.setGlobalPrefix('api', { exclude: ['health/{*path}', 'media/{*path}'] });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
}
