import { defineConfig } from 'vitest/config';

/** `npm run screenshots` and `npm run lighthouse`: no tests, but what a human looks at. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    name: 'by-hand',
    include: ['test/web/screenshots.ts', 'test/web/lighthouse.ts'],
    pool: 'forks',
    testTimeout: 1_200_000,
    hookTimeout: 180_000,
    env: { TEST_DATABASE: 'sqlite' },
  },
});
