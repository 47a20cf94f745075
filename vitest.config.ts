import { defineConfig } from 'vitest/config';

/** `node`: everything that runs on plain Node. `renderer`: React in jsdom. e2e runs by itself (playwright.config.ts). */
export default defineConfig({
  test: {
    // Two cores: engine tests are heavy, and parallel files would starve each other's deadlines.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', 'test/long/**'],
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
