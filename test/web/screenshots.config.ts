import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: no test, but what a human looks at. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    name: 'screenshots',
    include: ['test/web/screenshots.ts'],
    pool: 'forks',
    testTimeout: 1_200_000,
    hookTimeout: 180_000,
    env: { TEST_DATABASE: 'sqlite' },
  },
});
