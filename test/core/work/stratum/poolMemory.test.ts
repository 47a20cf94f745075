import { expect, it } from 'vitest';
import { problem } from '../../../../electron/contract/problem.ts';
import type { StratumSpec } from '../../../../electron/core/work/spec.ts';
import { PoolMemories } from '../../../../electron/core/work/stratum/poolMemory.ts';

const pool: StratumSpec = {
  ...{ kind: 'stratum', host: 'pool.example', port: 3333, tls: { use: 'none' } },
  ...{ login: 'x', password: 'x' },
};
const error = problem('notConnected');

it('remembers each pool by itself, over Stop and Start', () => {
  const memories = new PoolMemories();
  memories.of(pool).reservesNonce = true;
  expect(memories.of({ ...pool }).reservesNonce).toBe(true);
  expect(memories.of({ ...pool, port: 3334 }).reservesNonce).toBe(false);
});

it('waits out a ban when the user starts again, and nothing else', () => {
  const memories = new PoolMemories();
  const memory = memories.of(pool);
  memory.failures = 7;
  memory.wait = { untilMs: 1000, remedy: 'retrySlowly', error };
  expect(memories.of(pool)).toBe(memory);
  expect(memory).toMatchObject({ failures: 0, wait: undefined });
  memory.wait = { untilMs: 1000, remedy: 'waitOutBan', error };
  expect(memories.of(pool).wait?.untilMs).toBe(1000);
});
