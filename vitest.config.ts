import { defineConfig } from 'vitest/config';

const slow = '**/*.slow.test.ts';
// A busy machine is no failure; a test that hangs still is.
const patient = {
  // Programs under test speak English, whatever the language of whoever runs them.
  env: { LC_ALL: 'C.UTF-8' },
  setupFiles: ['test/support/patience.ts'],
  expect: { poll: { timeout: 60_000 } },
  testTimeout: 180_000,
  hookTimeout: 120_000,
};
const node = {
  ...patient,
  environment: 'node',
  include: ['test/**/*.test.ts'],
  exclude: ['test/renderer/**', 'test/e2e/**', 'test/long/**'],
};
/** Tests of what leaves nothing in its process: they know neither the engine nor the system. */
const TOGETHER = [
  ...['contract', 'core/{money,poolAccounts,release,rules,wallet}', 'desktop/app'],
  'core/work/{daemon,failover,stratum}',
].map((folder) => `test/${folder}/**/*.test.ts`);
const renderer = {
  ...patient,
  environment: 'jsdom',
  include: ['test/renderer/**/*.test.{ts,tsx}'],
  setupFiles: [...patient.setupFiles, 'test/renderer/support/patience.ts'],
  // The engine's package finds its library by its own place, which Node has to tell it.
  server: { deps: { external: [/\/native\/dist\//] } },
};
const terminal = {
  ...patient,
  environment: 'node',
  include: ['test/e2e/terminal/**/*.test.ts'],
};

/**
 * `node`, `node-together`: everything that runs on plain Node. `renderer`: React in jsdom. `terminal`: the terminal miner as a
 * program, on real pools and a real monerod. What takes half a minute or more is in files called *.slow.test.ts, which have
 * projects of their own. The desktop app is driven by Playwright (playwright.config.ts).
 */
export default defineConfig({
  test: {
    // Two cores: engine tests are heavy, and parallel files would starve each other's deadlines.
    maxWorkers: 2,
    // For tests that wait on other processes: pages of the gallery, runs of the terminal miner.
    maxConcurrency: 2,
    projects: [
      { test: { name: 'node', ...node, exclude: [...node.exclude, slow, ...TOGETHER] } },
      // In one process file after file, as it takes half a second to begin one.
      {
        test: {
          name: 'node-together',
          ...node,
          include: TOGETHER,
          exclude: [slow],
          isolate: false,
        },
      },
      { test: { name: 'node-slow', ...node, include: [`test/${slow}`] } },
      // In one process file after file: loading jsdom and the app for each would take more than the tests.
      { test: { name: 'renderer', ...renderer, exclude: [slow], isolate: false } },
      { test: { name: 'renderer-slow', ...renderer, include: [`test/renderer/${slow}`] } },
      {
        test: {
          ...patient,
          testTimeout: 900_000,
          name: 'package',
          include: ['test/e2e/package/**/*.test.ts'],
        },
      },
      { test: { name: 'terminal', ...terminal, exclude: [slow] } },
      { test: { name: 'terminal-slow', ...terminal, include: [`test/e2e/terminal/${slow}`] } },
      {
        test: {
          ...patient,
          name: 'long',
          environment: 'node',
          include: ['test/long/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});
