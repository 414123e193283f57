import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.{ts,tsx}',
      'apps/*/{src,test}/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'races/**/*.test.ts',
      'docs/**/*.test.ts',
    ],
    globalSetup: ['./vitest.global-setup.ts'],
    // Most of the time is waiting: two at once, however few cores there are.
    maxWorkers: 2,
    testTimeout: 15_000,
  },
});
