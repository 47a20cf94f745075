import type { Socket } from 'node:net';
import type { KnownPool, KnownPoolId, PoolLatency } from '../../contract/knownPools.ts';
import type { NoteOpening } from '../../core/system/connections.ts';
import { measureLatency } from '../../core/work/latency.ts';

export interface PoolLatencyParts {
  readonly knownPools: readonly KnownPool[];
  readonly note: NoteOpening;
}

/** Connects to one of the pools offered by name, and leaves. */
export function latencyTo(
  id: KnownPoolId,
  { knownPools, note }: PoolLatencyParts,
): Promise<PoolLatency> {
  const pool = knownPools.find((known) => known.id === id);
  if (pool === undefined) return Promise.resolve({ result: 'notFound' });
  const { host, port, tls } = pool;
  const onOpening = (socket: Socket) => note('latency', pool, socket);
  return measureLatency({ host, port, tls, onOpening });
}
