import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../../../electron/contract/problem.ts';
import type { PresentedCertificate } from '../../../../electron/core/work/stratum/trust.ts';
import { selfSigned, type Certificate } from '../../../support/stratum/certificates.ts';
import { lines, loginAnswer } from '../../../support/stratum/exchange.ts';
import { startMiner, stopMiners } from '../../../support/stratum/miner.ts';
import { ScriptedPool } from '../../../support/stratum/scriptedPool.ts';
import { said } from '../../../support/said.ts';

let first: Certificate;
let second: Certificate;
beforeAll(() => {
  first = selfSigned('pool.test', 'DNS:pool.test');
  second = selfSigned('pool.test', 'DNS:pool.test');
}, 60_000);

const pools: ScriptedPool[] = [];
afterEach(async () => {
  stopMiners();
  for (const pool of pools.splice(0)) await pool.close();
  setDefaultCACertificates(getCACertificates('bundled'));
});

async function poolWith(certificate: Certificate, port = 0): Promise<ScriptedPool> {
  const pool = await ScriptedPool.listen({ tls: certificate, port });
  pools.push(pool);
  return pool;
}

/** Swaps the certificate of a pool, as a restart of p2pool does. */
async function restartWith(certificate: Certificate, pool: ScriptedPool): Promise<ScriptedPool> {
  const { port } = pool;
  await pools.pop()?.close();
  return poolWith(certificate, port);
}

const toLoopback = {
  host: 'pool.test',
  lookup: ((_host, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }])) satisfies NonNullable<
    Parameters<typeof startMiner>[1]
  >['lookup'],
};

describe('TLS', () => {
  it('carries the exchange, and tells the fingerprint', async () => {
    const pool = await poolWith(first);
    const { events } = startMiner(pool.port, { tls: {} });
    const connection = await pool.connection();
    expect(await connection.line()).toBe(lines.login);
    connection.send(lines.loginAnswer);
    await events.next('job');
    const [connected] = events.of('connected');
    expect(connected?.tlsFingerprint).toBe(first.fingerprint);
    expect(connected?.endpoint.tls).toBe(true);
  });

  it('names the host to the server (SNI), or what the user says, but never an address', async () => {
    const names: (string | false)[] = [];
    const pool = await ScriptedPool.listen({
      tls: {
        ...first,
        SNICallback: (name, done) => {
          names.push(name);
          done(null);
        },
      },
    });
    pools.push(pool);
    startMiner(pool.port, { tls: {}, ...toLoopback });
    await pool.connection();
    startMiner(pool.port, { tls: { serverName: 'other.test' } });
    await pool.connection();
    startMiner(pool.port, { tls: {} });
    await pool.connection();
    expect(names).toEqual(['pool.test', 'other.test']);
  });

  it.each(['upper case', 'colons', 'as it is'])(
    'accepts the pinned fingerprint (%s)',
    async (form) => {
      const pool = await poolWith(first);
      const fingerprint =
        form === 'upper case'
          ? first.fingerprint.toUpperCase()
          : form === 'colons'
            ? first.fingerprint.replaceAll(/..(?=.)/g, '$&:')
            : first.fingerprint;
      const { events } = startMiner(pool.port, { tls: { fingerprint } });
      await pool.loggedIn(loginAnswer());
      await events.next('job');
    },
  );

  it('refuses any other for good, before a byte of the login is sent', async () => {
    const pool = await poolWith(second);
    const { events } = startMiner(pool.port, { tls: { fingerprint: first.fingerprint } });
    await expect(events.next('connected')).rejects.toThrow(
      `expected ${first.fingerprint}, found ${second.fingerprint}`,
    );
    await pools.pop()?.close();
    expect(pool.received).toEqual([]);
  });

  it('pins the first certificate that took a login for the run, and waits for it to come back', async () => {
    const firstRun = await poolWith(first);
    const { clock, events } = startMiner(firstRun.port, { tls: {} });
    await firstRun.loggedIn(loginAnswer());
    await events.next('job');
    const known = await restartWith(first, firstRun);
    clock.advance((await events.next('disconnected')).retryInMs);
    await known.loggedIn(loginAnswer());
    await events.next('job');
    const pool = await restartWith(second, known);
    clock.advance((await events.next('disconnected')).retryInMs);
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('certificateChanged');
    expect(retryInMs).toBe(60_000);
    expect(pool.received).toEqual([]);
    const back = await restartWith(first, pool);
    clock.advance(retryInMs);
    await back.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('does not pin what took no login: the sign-in page of a network, say', async () => {
    const portal = await poolWith(second);
    const { clock, events } = startMiner(portal.port, { tls: {} });
    (await portal.connection()).socket.destroy();
    const pool = await restartWith(first, portal);
    clock.advance((await events.next('disconnected')).retryInMs);
    await pool.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('pinned by the user waits too, once the pool has shown it', async () => {
    const { fingerprint } = first;
    let pool = await poolWith(first);
    const { clock, events } = startMiner(pool.port, { tls: { fingerprint } });
    await pool.loggedIn(loginAnswer());
    await events.next('job');
    pool = await restartWith(second, pool);
    clock.advance((await events.next('disconnected')).retryInMs);
    expect((await events.next('disconnected')).error.code).toBe('certificateNotPinned');
    expect(events.of('failed')).toEqual([]);
  });

  it('asks about a certificate that nobody vouches for', async () => {
    const pool = await poolWith(first);
    const asked: PresentedCertificate[] = [];
    const onFirstUse = (certificate: PresentedCertificate) => {
      asked.push(certificate);
      return false;
    };
    const { events } = startMiner(pool.port, { tls: { onFirstUse } });
    const { error, retryInMs } = await events.next('disconnected');
    expect(said(error)).toMatch(/not trusted\. It is self-signed\..*fingerprint is [0-9a-f]{64}/);
    expect(retryInMs).toBe(60_000);
    expect(asked).toEqual([
      {
        ...{ fingerprint: first.fingerprint, verified: false, names: ['pool.test'] },
        problem: problem('certificateSelfSigned'),
        validFromMs: expect.any(Number) as number,
        validUntilMs: expect.any(Number) as number,
      },
    ]);
  });

  it('says of an expired one that it expired, and when', async () => {
    const expired = selfSigned('pool.test', 'DNS:pool.test', { expired: true });
    setDefaultCACertificates([expired.cert]);
    const pool = await poolWith(expired);
    const { events } = startMiner(pool.port, { tls: { onFirstUse: () => false }, ...toLoopback });
    const { error } = await events.next('disconnected');
    expect(said(error)).toMatch(/It expired on \d{4}-\d\d-\d\d\./);
  });

  it('does not ask about one that an authority vouches for, and lets it be renewed', async () => {
    setDefaultCACertificates([first.cert, second.cert]);
    let pool = await poolWith(first);
    const { clock, events } = startMiner(pool.port, {
      tls: { onFirstUse: () => false },
      ...toLoopback,
    });
    await pool.loggedIn(loginAnswer());
    await events.next('job');
    pool = await restartWith(second, pool);
    clock.advance((await events.next('disconnected')).retryInMs);
    await pool.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('asks about one that is vouched for under another name', async () => {
    setDefaultCACertificates([first.cert]);
    const pool = await poolWith(first);
    const { events } = startMiner(pool.port, {
      tls: { onFirstUse: () => false, serverName: 'other.test' },
    });
    const { error } = await events.next('disconnected');
    expect(said(error)).toContain('It was issued for pool.test, not for other.test.');
  });

  it('on a plain port is told in plain words', async () => {
    const pool = await ScriptedPool.listen();
    pools.push(pool);
    const { events } = startMiner(pool.port, { tls: {} });
    (await pool.connection()).send('{"error":{"message":"Invalid JSON"}}');
    const { error } = await events.next('disconnected');
    expect(said(error)).toContain('did not answer over TLS');
    expect(error.code).toBe('tlsFailed');
  });

  it('on a plain port that waits for a line is told after 20 s', async () => {
    const pool = await ScriptedPool.listen();
    pools.push(pool);
    const { clock, events } = startMiner(pool.port, { tls: {} });
    await (await pool.connection()).spoken();
    clock.advance(20_000);
    expect((await events.next('disconnected')).error.code).toBe('tlsFailed');
  });

  it('forgotten on a TLS port is told in plain words', async () => {
    const pool = await poolWith(first);
    const { events } = startMiner(pool.port);
    expect(said((await events.next('disconnected')).error)).toContain('TLS');
  });

  it('forgotten on a TLS port that says so in an alert is certain', async () => {
    const pool = await ScriptedPool.listen();
    pools.push(pool);
    const { events } = startMiner(pool.port);
    (await pool.connection()).raw(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 10));
    expect((await events.next('disconnected')).error.code).toBe('tlsExpected');
  });

  it('stopped in the middle of the handshake leaves nothing behind', async () => {
    const pool = await ScriptedPool.listen();
    pools.push(pool);
    const { client, clock, events } = startMiner(pool.port, { tls: {} });
    const connection = await pool.connection();
    client.stop();
    await connection.closed();
    expect(clock.waiting).toBe(0);
    expect(events.of('disconnected')).toEqual([]);
  });
});
