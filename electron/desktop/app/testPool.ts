import type { PoolTestReport } from '../../contract/ipc.ts';
import type { PoolSettings } from '../../contract/settings.ts';
import { DaemonSource } from '../../core/work/daemon/client.ts';
import type { SourceEvent } from '../../core/work/source.ts';
import { testConnection } from '../../core/work/stratum/testConnection.ts';
import { stratumOptions } from './sourceFor.ts';

const DAEMON_LIMIT_MS = 20_000;

/** Connects once, logs in, waits for a job and leaves. Hashes nothing and sends no share. */
export function testPool(
  { pool, address }: { readonly pool: PoolSettings; readonly address: string },
  agentVersion: string,
): Promise<PoolTestReport> {
  switch (pool.kind) {
    case 'practice':
      return Promise.resolve(usable('The practice pool is part of this app and always there.', 0));
    case 'stratum':
      return testStratum(pool, address, agentVersion);
    case 'daemon':
      return testDaemon(pool, address);
  }
}

async function testStratum(
  pool: PoolSettings,
  address: string,
  agentVersion: string,
): Promise<PoolTestReport> {
  const unknown: { fingerprint: string | null } = { fingerprint: null };
  const options = stratumOptions(pool, address, agentVersion);
  const result = await testConnection({
    ...options,
    ...(options.tls === undefined
      ? {}
      : {
          tls: {
            ...options.tls,
            // Nobody vouches for this certificate: the user decides, seeing its fingerprint.
            onFirstUse: ({ fingerprint }) => {
              unknown.fingerprint = fingerprint;
              return false;
            },
          },
        }),
  });
  if (result.ok) {
    const difficulty = String(result.difficulty);
    const message = `The pool took the login and sent a job (difficulty ${difficulty}).`;
    return { ...usable(message, result.tookMs), tlsFingerprint: result.tlsFingerprint ?? null };
  }
  return {
    reachable: result.stage !== 'connecting' || unknown.fingerprint !== null,
    usable: false,
    message: result.error.message,
    pingMs: null,
    tlsFingerprint: unknown.fingerprint,
  };
}

function testDaemon(pool: PoolSettings, address: string): Promise<PoolTestReport> {
  const { host, port, tls } = pool;
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    let isReachable = false;
    const finish = (report: PoolTestReport) => {
      clearTimeout(limit);
      source.stop();
      resolve(report);
    };
    const fail = (message: string) =>
      finish({
        reachable: isReachable,
        usable: false,
        message,
        pingMs: null,
        tlsFingerprint: null,
      });
    const listener = (event: SourceEvent): void => {
      if (event.type === 'connected' || event.type === 'loggedIn') isReachable = true;
      if (event.type === 'job') {
        finish(usable('The node gave a block to work on.', performance.now() - startedAtMs));
      } else if ('error' in event) fail(event.error.message);
    };
    const limit = setTimeout(
      () => fail('The node did not answer in time: check that monerod runs and is synchronized.'),
      DAEMON_LIMIT_MS,
    );
    const source = new DaemonSource({ host, port, tls, address, network: 'mainnet' }, listener);
    source.start();
  });
}

function usable(message: string, pingMs: number): PoolTestReport {
  return { reachable: true, usable: true, message, pingMs, tlsFingerprint: null };
}
