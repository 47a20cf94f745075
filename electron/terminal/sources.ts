import { algorithmsByDefault, type Algorithm } from '../core/work/job.ts';
import type { SourceOpener } from '../core/mining/session.ts';
import { DaemonSource } from '../core/work/daemon/client.ts';
import type { PracticeHash } from '../core/work/practice/miner.ts';
import { PracticeSource } from '../core/work/practice/source.ts';
import type { PoolUrl } from '../core/work/poolUrl.ts';
import { StratumClient } from '../core/work/stratum/client.ts';
import type { Inspector } from '../core/work/stratum/inspector.ts';
import { FailoverSource, type SourceFactory } from '../core/work/stratum/failover.ts';
import type { StratumOptions } from '../core/work/stratum/options.ts';
import type { Options, PoolOptions } from './options.ts';

export interface SourceContext {
  readonly version: string;
  /** Verifies the shares of the practice pool. */
  readonly hash: PracticeHash;
  /** Is told what goes over the wire. */
  readonly inspector?: Inspector;
}

/** Turns what was asked for into a work source; opens no socket itself. */
export function sourceFor({ source, algorithm }: Options, context: SourceContext): SourceOpener {
  switch (source.kind) {
    case 'practice':
      return (listener) =>
        new PracticeSource({ ...context, agentVersion: context.version }, listener);
    case 'daemon':
      return (listener) => new DaemonSource({ ...source, network: 'mainnet' }, listener);
    case 'pool': {
      const [first, ...others] = source.pools.map((pool): SourceFactory => {
        const options = stratumOptions(pool, source, algorithm, context);
        return (listener) => new StratumClient(options, listener);
      });
      if (first === undefined) throw new RangeError('A pool source has at least one pool.');
      return (listener) => new FailoverSource([first, ...others], listener);
    }
  }
}

function stratumOptions(
  pool: PoolUrl,
  { login, pass, rigId, tlsFingerprint, socks5 }: PoolOptions,
  algorithm: Algorithm | undefined,
  { version, inspector }: SourceContext,
): StratumOptions {
  return {
    host: pool.host,
    port: pool.port,
    login,
    pass,
    agentVersion: version,
    minable: algorithm === undefined ? algorithmsByDefault : [algorithm],
    allowRx2: algorithm === 'rx/2',
    ...(rigId === undefined ? {} : { rigId }),
    ...(socks5 === undefined ? {} : { socks5 }),
    ...(inspector === undefined ? {} : { inspector }),
    ...(pool.tls
      ? { tls: tlsFingerprint === undefined ? {} : { fingerprint: tlsFingerprint } }
      : {}),
  };
}
