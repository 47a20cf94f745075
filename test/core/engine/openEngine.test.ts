import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../electron/core/clock.ts';
import { cpuReport } from '../../../electron/core/engine/library.ts';
import { engineOpener } from '../../../electron/core/engine/openEngine.ts';
import { Tunings } from '../../../electron/core/engine/tunings.ts';
import { TuningFile } from '../../../electron/core/settings/tuningFile.ts';

it('an engine has the threads that are asked for, and no more than are allowed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibctminer-engine-'));
  const open = engineOpener(new Tunings(new TuningFile(join(folder, 'tuning')), systemClock));
  const count = cpuReport().cpus.filter(({ allowed }) => allowed).length;
  const nothing = () => undefined;
  const engine = open(
    { threads: { count }, mode: 'light' },
    { onStatus: nothing, onShare: nothing, onWarning: nothing, onError: nothing },
  );
  expect(engine.cpus).toHaveLength(count);
  engine.follow({ threads: { count }, held: { atMost: 1, by: 'heat' }, mode: 'light' });
  expect(engine.cpus).toHaveLength(1);
  await engine.stop();
  rmSync(folder, { recursive: true });
});
