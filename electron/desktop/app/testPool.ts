import type { PoolTestReport } from '../../contract/ipc.ts';
import type { PoolSettings } from '../../contract/settings.ts';
import type { SourceDeps } from '../../core/work/openSource.ts';
import { testSource } from '../../core/work/testSource.ts';
import { poolSpecOf } from './planOf.ts';

/** Connects once, logs in, waits for a job and leaves. Hashes nothing and sends no share. */
export async function testPool(
  { pool, address }: { readonly pool: PoolSettings; readonly address: string },
  deps: SourceDeps,
): Promise<PoolTestReport> {
  const test = await testSource(poolSpecOf(pool, address), deps);
  const fingerprint = test.certificate?.fingerprint ?? null;
  if (test.result === 'usable') {
    const difficulty = String(test.job.difficulty);
    const message =
      pool.kind === 'daemon'
        ? `The node gave a block to work on (difficulty ${difficulty}).`
        : `The pool took the login and sent a job (difficulty ${difficulty}).`;
    return usable(message, test.latencyMs, fingerprint);
  }
  return {
    reachable: test.result === 'notUsable',
    usable: false,
    message: test.problem.message,
    pingMs: null,
    tlsFingerprint: fingerprint,
  };
}

function usable(message: string, pingMs: number, tlsFingerprint: string | null): PoolTestReport {
  return { reachable: true, usable: true, message, pingMs, tlsFingerprint };
}
