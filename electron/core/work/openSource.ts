import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { DaemonSource } from './daemon/source.ts';
import { FailoverSource, type SourceFactory } from './failover/source.ts';
import type { PracticeHash } from './practice/connection.ts';
import { PracticeSource } from './practice/source.ts';
import type { PoolSpec, StratumSpec, WorkSpec } from './spec.ts';
import { StratumClient } from './stratum/client.ts';
import type { Inspector } from './stratum/inspector.ts';
import type { StratumOptions } from './stratum/stratumOptions.ts';
import { PoolMemories, PoolMemory } from './stratum/poolMemory.ts';
import type { PresentedCertificate } from './stratum/trust.ts';
import { tlsOptionsOf } from './tls.ts';

/** What sources need of the program they run in. */
export interface SourceDeps {
  /** Ours: the agent is `Ibctminer/<agentVersion>`. */
  readonly agentVersion: string;
  /** Is told what goes over the wire of stratum connections. */
  readonly inspector?: Inspector;
  readonly clock?: Clock;
  /** What is known of the pools from earlier in this run of the app; without it, each opening starts afresh. */
  readonly memories?: PoolMemories;
  /** Is told of each connection before it is opened, with its socket; `port` null: the system chooses it. */
  readonly onOpening?: (
    purpose: 'pool' | 'node' | 'nodeNews' | 'practice',
    place: { readonly host: string; readonly port: number | null },
    socket: Socket,
  ) => void;
}

export interface PracticeDeps {
  /** Verifies the shares of the practice pool. */
  readonly hash: PracticeHash;
  /** Gives back the memory of that, when the practice ends. */
  readonly releaseCaches: () => Promise<void>;
}

/** Makes the work source of a spec. Nothing is opened before the source is started. */
export function openSource(spec: WorkSpec, deps: SourceDeps & PracticeDeps): SourceFactory {
  switch (spec.kind) {
    case 'practice':
      return (listener) => new PracticeSource(deps, listener);
    case 'pools':
      return (listener) =>
        new FailoverSource(spec.pools, (pool) => openPool(pool, deps), listener, deps.clock);
  }
}

/** One pool or node. `onCertificate` is told of each certificate that is presented, trusted or not. */
export function openPool(
  spec: PoolSpec,
  deps: SourceDeps,
  onCertificate?: (certificate: PresentedCertificate) => void,
): SourceFactory {
  const { host, socks5 } = spec;
  switch (spec.kind) {
    case 'stratum': {
      const memory = deps.memories?.of(spec) ?? new PoolMemory();
      const options = { ...stratumOptions(spec, deps, onCertificate), memory };
      return (listener) => new StratumClient(options, listener, deps.clock);
    }
    case 'daemon':
      return (listener) =>
        new DaemonSource(spec, listener, deps.clock, onCertificate, (purpose, socket) => {
          const port = purpose === 'node' ? spec.port : (spec.zmqPort ?? null);
          deps.onOpening?.(purpose, socks5 ?? { host, port }, socket);
        });
  }
}

function stratumOptions(
  { host, port, login, password, rigId, socks5, algorithm, tls }: StratumSpec,
  { agentVersion, inspector, onOpening }: SourceDeps,
  onCertificate?: (certificate: PresentedCertificate) => void,
): StratumOptions {
  const tlsOptions = tlsOptionsOf(tls, onCertificate);
  return {
    ...{ host, port, login, pass: password, agentVersion },
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(rigId === undefined ? {} : { rigId }),
    ...(socks5 === undefined ? {} : { socks5 }),
    ...(inspector === undefined ? {} : { inspector }),
    onOpening: (socket) => onOpening?.('pool', socks5 ?? { host, port }, socket),
    ...(tlsOptions === undefined ? {} : { tls: tlsOptions }),
  };
}
