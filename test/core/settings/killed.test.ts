import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SettingsStore } from '../../../electron/core/settings/store.ts';

const writer = join(import.meta.dirname, '../../support/settingsWriter.ts');
const ROUNDS = 12;

it('settings survive kill -9 in the middle of writing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const child = fork(writer, [folder]);
      await once(child, 'message');
      await sleep(round * 3);
      child.kill('SIGKILL');
      await once(child, 'exit');

      const store = new SettingsStore(folder);
      expect(store.notice).toBeNull();
      const names = new Set(store.current.pools.map(({ name }) => name));
      expect(store.current.pools).toHaveLength(16);
      expect(names.size).toBe(1);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
