import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { step } from './support/children.mjs';
import { contentHash, readStamp } from './support/contentHash.mjs';
import { withLock } from './support/lock.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { main, say } from './support/say.mjs';
import { setUp } from './set-up.mjs';

const stamp = 'out/built-from';
const sources = [
  'electron',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Bundles electron/ and renderer/ into out/ when their bytes have changed since the last time. */
export async function buildDesktop() {
  if (readStamp(stamp) === contentHash(sources)) return;
  await withLock(async () => {
    const hash = contentHash(sources);
    if (readStamp(stamp) === hash) return;
    say('building the desktop app');
    rmSync(path(stamp), { force: true });
    await step(
      node24,
      [tools.electronVite, 'build', '--logLevel', 'warn'],
      'The desktop app could not be built (see above).',
      { cwd: root },
    );
    mkdirSync(path('out'), { recursive: true });
    writeFileSync(path(stamp), `${hash}\n`);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    await buildDesktop();
  });
}
