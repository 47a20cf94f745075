import { hash, releaseCaches } from 'randomx-native-prebuilt';
import { expect, it, vi } from 'vitest';
import { PracticeSource } from '../../../../electron/core/work/practice/source.ts';
import type { SourceEvent } from '../../../../electron/core/work/source.ts';
import { forgeShare } from '../../../support/stratum/miner.ts';
import { said } from '../../../support/said.ts';

it('gives back the memory of its verifying when the practice ends', async () => {
  const events: SourceEvent[] = [];
  let released: Promise<void> | undefined;
  const source = new PracticeSource(
    {
      agentVersion: '1.0.0',
      hash: async (key, input) => (await hash({ algorithm: 'rx/0', key, input })).result,
      releaseCaches: () => (released = releaseCaches()),
    },
    (event) => events.push(event),
  );
  source.start();
  const told = <T extends SourceEvent['type']>(type: T) =>
    vi.waitFor(
      () => {
        const found = events.find((event) => event.type === type);
        if (found === undefined) throw new Error(`no ${type} yet`);
        return found as Extract<SourceEvent, { type: T }>;
      },
      { timeout: 60_000, interval: 20 },
    );
  source.submit(forgeShare((await told('job')).job));
  expect(said((await told('rejected')).error)).toContain('Low difficulty share');
  const before = process.memoryUsage().rss;
  source.stop();
  await released;
  expect(before - process.memoryUsage().rss).toBeGreaterThan(200 * 2 ** 20);
});
