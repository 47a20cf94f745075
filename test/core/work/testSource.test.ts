import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StratumSpec } from '../../../electron/core/work/spec.ts';
import { testSource } from '../../../electron/core/work/testSource.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { freePort } from '../../support/ports.ts';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { ScriptedNode } from '../../support/scriptedNode.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { jobPush, lines, loginAnswer, rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';

const certificate = selfSigned('pool.test', 'DNS:pool.test');
let pool: ScriptedPool;
beforeEach(async () => {
  pool = await ScriptedPool.listen();
});
afterEach(() => pool.close());

function tryPool(changed: Partial<StratumSpec> = {}) {
  const clock = new FakeClock();
  const spec: StratumSpec = {
    ...{ kind: 'stratum', host: '127.0.0.1', port: pool.port, tls: { use: 'none' } },
    ...{ login: TEST_ADDRESS, password: 'x', ...changed },
  };
  return { clock, result: testSource(spec, { agentVersion: '1.0.0', clock }) };
}

function tryNode(port: number) {
  const where = { host: '127.0.0.1', port, tls: { use: 'none' } } as const;
  return testSource(
    { kind: 'daemon', ...where, address: TEST_ADDRESS },
    { agentVersion: '1.0.0', clock: new FakeClock() },
  );
}

describe('testing a pool', () => {
  it('tells what a good pool gives and how quickly it answers, and leaves', async () => {
    const { clock, result } = tryPool();
    const connection = await pool.connection();
    await connection.line();
    clock.advance(120);
    connection.send(loginAnswer({ job: undefined }), jobPush(rxJob({ height: 7 })));
    expect(await result).toEqual({
      ...{ result: 'usable', certificate: null, warnings: [], latencyMs: 120 },
      job: { algorithm: 'rx/0', difficulty: 10_000n, height: 7 },
    });
    await connection.closed();
    expect(clock.waiting).toBe(0);
  });

  it('tells what is wrong with one that answers', async () => {
    const refused = tryPool();
    await pool.loggedIn(lines.loginRefusal);
    expect(await refused.result).toMatchObject({ result: 'notUsable', certificate: null });

    const unminable = tryPool();
    await pool.loggedIn(loginAnswer({ job: rxJob({ algo: 'kawpow' }) }));
    expect(await unminable.result).toMatchObject({ result: 'notUsable' });
    expect(unminable.clock.waiting).toBe(0);
  });

  it('tells that nothing answers there', async () => {
    expect(await tryPool({ port: await freePort() }).result).toMatchObject({
      result: 'notReachable',
    });
  });

  it('shows the certificate of its own that it was not asked to trust, and sends it nothing', async () => {
    const secure = await ScriptedPool.listen({ tls: certificate });
    try {
      for (const tls of [
        { use: 'authority' },
        { use: 'pinned', fingerprint: 'ab'.repeat(32) },
      ] as const) {
        expect(await tryPool({ port: secure.port, tls }).result).toMatchObject({
          result: 'notUsable',
          certificate: { fingerprint: certificate.fingerprint, verified: false },
        });
      }
      expect(secure.received).toEqual([]);
    } finally {
      await secure.close();
    }
  });
});

describe('testing a node', () => {
  let node: ScriptedNode;
  beforeEach(async () => {
    node = await ScriptedNode.start();
  });
  afterEach(() => node.stop());

  it('tells of the block that it would give to work on', async () => {
    expect(await tryNode(node.port)).toMatchObject({
      ...{ result: 'usable', certificate: null },
      job: { algorithm: 'rx/0', difficulty: 2n, height: 100 },
    });
  });

  it('tells that nothing answers there', async () => {
    expect(await tryNode(await freePort())).toMatchObject({ result: 'notReachable' });
  });
});
