import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { loadConfig } from './common/config/load-config.js';
import { BUILT_CLIENT, findWebClient } from './common/http/web-client.js';
import { keepHeapSmall } from './common/heap.js';
import { startFailure } from './common/logging/start-failure.js';
import { stopOnSignals } from './common/shutdown/shutdown.js';

keepHeapSmall();
try {
  const config = loadConfig(process.env, { envFile: '.env' });
  const web = findWebClient(BUILT_CLIENT);
  const app = await createApp(config, { web });
  stopOnSignals(app);
  await app.listen({ port: config.http.port, host: config.http.host });
  const { port } = app.getHttpServer().address() as { port: number };
  const url = config.http.publicUrl ?? `http://localhost:${port}`;
  const logger = new Logger('HiGroup');
  if (web) logger.log(`HiGroup    ${url}/`);
  else logger.warn(`There is no web client in ${BUILT_CLIENT}: only the API is served`);
  logger.log(`API        ${url}/api/v1`);
  logger.log(`Swagger UI ${url}/docs`);
  if (config.env !== 'production') logger.log('Demo data  npm run seed');
} catch (error) {
  console.error(startFailure(error));
  process.exit(1);
}
