import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { loadConfig } from './common/config/load-config.js';
import { keepHeapSmall } from './common/heap.js';
import { startFailure } from './common/logging/start-failure.js';
import { stopOnSignals } from './common/shutdown/shutdown.js';

keepHeapSmall();
try {
  const config = loadConfig(process.env, { envFile: '.env' });
  const app = await createApp(config);
  stopOnSignals(app);
  await app.listen({ port: config.http.port, host: config.http.host });
  const { port } = app.getHttpServer().address() as { port: number };
  const url = config.http.publicUrl ?? `http://localhost:${port}`;
  const logger = new Logger('HiGroup');
  logger.log(`API        ${url}/api/v1`);
  logger.log(`Swagger UI ${url}/docs`);
  if (config.env !== 'production') logger.log('Demo data  npm run seed');
} catch (error) {
  console.error(startFailure(error));
  process.exit(1);
}
