import { defineConfig } from '@playwright/test';

/**
 * The desktop app as a program, driven by Playwright. scripts/test-stages.mjs names the Electron binary in
 * IBCTMINER_ELECTRON, builds the app and provides a display: `npm test -- desktop [FILTER…]`.
 */
export default defineConfig({
  testDir: 'test/e2e/desktop',
  outputDir: 'test-artefacts/desktop',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-artefacts/reports/desktop.json' }]],
});
