import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RuleTester } from 'oxlint/plugins-dev';
import { describe, expect, it } from 'vitest';
import { roomOf, whoMayKnowWhom } from '../../scripts/lint-rules/rooms.ts';

RuleTester.describe = describe;
RuleTester.it = it;

/** One import in one file. */
const importing = ([filename, imported]: readonly [string, string]) => ({
  name: `${filename} imports ${imported}`,
  filename,
  code: `import '${imported}';`,
});

const forbidden: readonly (readonly [string, string])[] = [
  ['electron/contract/ipc.ts', '../core/work/job.ts'],
  ['electron/core/work/stratum/client.ts', '../../mining/session.ts'],
  ['electron/core/work/source.ts', '../wallet/address.ts'],
  ['electron/core/wallet/address.ts', '../work/job.ts'],
  ['electron/core/settings/store.ts', '../system/memory.ts'],
  ['electron/core/system/memory.ts', '../settings/store.ts'],
  ['electron/core/engine/engine.ts', '../work/source.ts'],
  ['electron/core/engine/engine.ts', '../mining/session.ts'],
  ['electron/core/rules/idle.ts', '../../desktop/app/desktop.ts'],
  ['electron/core/mining/session.ts', '../../desktop/shell/window.ts'],
  ['electron/core/mining/session.ts', '../../terminal/run.ts'],
  ['electron/core/mining/session.ts', 'electron'],
  ['electron/core/mining/session.ts', 'randomx-native-prebuilt'],
  ['electron/core/engine/engine.ts', 'koffi'],
  ['electron/core/api/server.ts', '../../terminal/run.ts'],
  ['electron/desktop/app/desktop.ts', '../shell/window.ts'],
  ['electron/desktop/app/desktop.ts', 'electron/main'],
  ['electron/desktop/preload.ts', '../core/work/job.ts'],
  ['electron/desktop/main.ts', 'koffi'],
  ['electron/terminal/main.ts', 'electron'],
  ['electron/terminal/run.ts', '../desktop/app/desktop.ts'],
  ['renderer/main.tsx', 'electron'],
  ['renderer/screens/Dashboard.tsx', '../../electron/core/mining/session.ts'],
  ['renderer/screens/Dashboard.tsx', 'node:fs'],
];

const allowed: readonly (readonly [string, string])[] = [
  ['electron/core/work/stratum/client.ts', '../../../contract/problem.ts'],
  ['electron/core/work/stratum/client.ts', '../source.ts'],
  ['electron/core/work/stratum/client.ts', '../../clock.ts'],
  ['electron/core/engine/engine.ts', '../work/job.ts'],
  ['electron/core/engine/library.ts', 'randomx-native-prebuilt'],
  ['electron/core/mining/session.ts', '../work/source.ts'],
  ['electron/terminal/run.ts', '../core/api/server.ts'],
  ['electron/desktop/shell/window.ts', 'electron'],
  ['electron/desktop/main.ts', 'electron'],
  ['electron/desktop/preload.ts', 'electron'],
  ['renderer/screens/Dashboard.tsx', '../../electron/contract/snapshot.ts'],
  ['native/js/library.ts', 'koffi'],
];

new RuleTester({ eslintCompat: false }).run('house/who-may-know-whom', whoMayKnowWhom, {
  valid: allowed.map(importing),
  invalid: forbidden.map((pair) => ({ ...importing(pair), errors: 1 })),
});

describe('who may know whom', () => {
  it.each(['electron', 'renderer'])('is told of every file in %s', (folder) => {
    const root = join(import.meta.dirname, '../..');
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });
});
