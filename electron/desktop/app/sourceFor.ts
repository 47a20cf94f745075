import { hash } from '../../core/engine/library.ts';
import type { SourceOpener } from '../../core/mining/session.ts';
import type { PoolSettings, Settings } from '../../contract/settings.ts';
import { algorithmsByDefault } from '../../core/work/job.ts';
import { DaemonSource } from '../../core/work/daemon/client.ts';
import { PracticeSource } from '../../core/work/practice/source.ts';
import type { PracticeHash } from '../../core/work/practice/miner.ts';
import type { SourceListener, WorkSource } from '../../core/work/source.ts';
import { StratumClient } from '../../core/work/stratum/client.ts';
import { FailoverSource, type SourceFactory } from '../../core/work/stratum/failover.ts';
import type { Inspector } from '../../core/work/stratum/inspector.ts';
import type { StratumOptions, TlsOptions } from '../../core/work/stratum/options.ts';

const practiceHash: PracticeHash = async (seedHash, blob) =>
  (await hash({ algorithm: 'rx/0', key: seedHash, input: blob })).result;

/**
 * The work source that the settings describe: the first pool, and the ones after it to fall back on.
 * Practice never mixes with the others: nobody who mines for real finds himself practising.
 */
export function sourceFor(
  settings: Settings,
  agentVersion: string,
  inspector: Inspector,
): SourceOpener {
  const { pools } = settings;
  const address = settings.wallet?.address ?? '';
  if (pools[0]?.kind === 'practice') {
    return (listener) =>
      new PracticeSource({ hash: practiceHash, agentVersion, inspector }, listener);
  }
  const [first, ...others] = pools
    .filter(({ kind }) => kind !== 'practice')
    .map(
      (pool): SourceFactory =>
        (listener) =>
          openPool(
            pool,
            { ...stratumOptions(pool, address, agentVersion), inspector },
            address,
            listener,
          ),
    );
  if (first === undefined) throw new RangeError('Mining needs at least one pool.');
  return (listener) => new FailoverSource([first, ...others], listener);
}

function openPool(
  pool: PoolSettings,
  options: StratumOptions,
  address: string,
  listener: SourceListener,
): WorkSource {
  const { host, port, tls } = pool;
  return pool.kind === 'daemon'
    ? new DaemonSource({ host, port, tls, address, network: 'mainnet' }, listener)
    : new StratumClient(options, listener);
}

const refuseUnknown: TlsOptions = { onFirstUse: () => false };

/** How the stratum client is to speak to this pool. */
export function stratumOptions(
  pool: PoolSettings,
  address: string,
  agentVersion: string,
): StratumOptions {
  // A certificate that nobody vouches for is trusted only once the user has, in the connection test.
  const tls =
    pool.tlsFingerprint === undefined ? refuseUnknown : { fingerprint: pool.tlsFingerprint };
  return {
    host: pool.host,
    port: pool.port,
    login: pool.login ?? address,
    pass: pool.password,
    ...(pool.rigId === undefined ? {} : { rigId: pool.rigId }),
    ...(pool.tls ? { tls } : {}),
    agentVersion,
    minable: algorithmsByDefault,
  };
}
