import { describe, expect, it } from 'vitest';
import { testConnection } from '../../../../electron/core/work/stratum/testConnection.ts';
import { jobPush, lines, loginAnswer, rxJob } from '../../../support/stratum/exchange.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { defaultOptions, poolForEachTest } from '../../../support/stratum/miner.ts';

const each = poolForEachTest();

function tryPool(port = each.pool.port) {
  const clock = new FakeClock();
  const options = { ...defaultOptions, host: '127.0.0.1', port };
  return { clock, result: testConnection(options, clock) };
}

describe('connection test', () => {
  it('tells what a good pool gives, and leaves', async () => {
    const { clock, result } = tryPool();
    const connection = await each.pool.connection();
    await connection.line();
    clock.advance(120);
    connection.send(loginAnswer({ job: undefined }), jobPush(rxJob()));
    expect(await result).toEqual({
      ok: true,
      tookMs: 120,
      algorithm: 'rx/0',
      difficulty: 10_000n,
    });
    await connection.closed();
    expect(clock.waiting).toBe(0);
  });

  it('tells what is wrong, and how far it got', async () => {
    const refused = tryPool();
    await each.pool.loggedIn(lines.loginRefusal);
    expect(await refused.result).toMatchObject({
      ok: false,
      stage: 'loggingIn',
      error: { code: 'login_refused' },
    });

    const unminable = tryPool();
    await each.pool.loggedIn(loginAnswer({ job: rxJob({ algo: 'kawpow' }) }));
    expect(await unminable.result).toMatchObject({
      ok: false,
      stage: 'waitingForJob',
      error: { code: 'algorithm_unknown' },
    });

    const { port } = each.pool;
    await each.pool.close();
    const absent = tryPool(port);
    expect(await absent.result).toMatchObject({
      ok: false,
      stage: 'connecting',
      error: { code: 'connection_refused' },
    });
    expect(absent.clock.waiting).toBe(0);
  });
});
