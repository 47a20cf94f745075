import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const windows = process.platform === 'win32';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Absolute path of a file of the project. */
export const path = (...parts) => join(root, ...parts);

/** The project's own Node 24, once `npm ci` has run. */
export const node24 = windows
  ? path('node_modules/node/bin/node.exe')
  : path('node_modules/.bin/node');

/** A tool that `npm ci` installs, as arguments for Node 24. */
export const tools = {
  oxlint: path('node_modules/oxlint/bin/oxlint'),
  oxfmt: path('node_modules/oxfmt/bin/oxfmt'),
  tsc: path('node_modules/typescript/bin/tsc'),
  vitest: path('node_modules/vitest/vitest.mjs'),
  playwright: path('node_modules/@playwright/test/cli.js'),
  electronVite: path('node_modules/electron-vite/bin/electron-vite.js'),
  electronBuilder: path('node_modules/electron-builder/cli.js'),
};
