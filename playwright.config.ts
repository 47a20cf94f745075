import { defineConfig } from '@playwright/test';

/**
 * The desktop app as a program, driven by Playwright. scripts/test-stages.mjs names the Electron binary in
 * IBCTMINER_ELECTRON, builds the app and provides a display: `npm test -- desktop [FILTER…]`.
 */
export default defineConfig({
  testDir: 'test/e2e/desktop',
  outputDir: 'test-artefacts/desktop',
  // Their tests wait for most of their time.
  workers: 2,
  fullyParallel: true,
  // As in vitest.config.ts: what takes half a minute or more is in files of its own.
  projects: [
    { name: 'quick', testIgnore: '**/*.slow.spec.ts' },
    { name: 'slow', testMatch: '**/*.slow.spec.ts' },
  ],
  // A busy machine is no failure; a test that hangs still is.
  timeout: 400_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-artefacts/reports/desktop.json' }]],
});
