import type { PoolTestReport } from '../../contract/ipc.ts';
import type { PoolSettings, TlsSettings } from '../../contract/settings.ts';
import type { SourceDeps } from '../../core/work/openSource.ts';
import type { PoolSpec } from '../../core/work/spec.ts';
import { testSource, type SourceTest } from '../../core/work/testSource.ts';
import { poolSpecOf } from './planOf.ts';

/**
 * Connects once, logs in, waits for a job and leaves; where that does not work, finds out whether it would with other TLS.
 * Hashes nothing and sends no share.
 */
export async function testPool(
  { pool, address }: { readonly pool: PoolSettings; readonly address: string },
  deps: SourceDeps,
): Promise<PoolTestReport> {
  const spec = poolSpecOf(pool, address);
  const test = await testSource(spec, deps);
  const { result, warnings } = test;
  if (result === 'usable') {
    return { result, latencyMs: test.latencyMs, warnings: [...warnings] };
  }
  return { result, problem: test.problem, remedy: await remedyFor(spec, test, deps) };
}

/** The TLS with which it would work; null where that is not what is wrong. */
async function remedyFor(
  spec: PoolSpec,
  test: SourceTest,
  deps: SourceDeps,
): Promise<TlsSettings | null> {
  if (spec.tls.use === 'pinned') return null;
  if (test.certificate !== null) return trustIn(test);
  const other: TlsSettings = { use: spec.tls.use === 'none' ? 'authority' : 'none' };
  const again = await testSource({ ...spec, tls: other }, deps);
  return again.result === 'usable' ? other : trustIn(again);
}

/** A certificate that nobody vouches for can be trusted by the user. */
function trustIn({ certificate }: SourceTest): TlsSettings | null {
  return certificate === null || certificate.verified
    ? null
    : { use: 'pinned', fingerprint: certificate.fingerprint };
}
