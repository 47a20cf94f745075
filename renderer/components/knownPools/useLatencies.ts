import { useState } from 'react';
import {
  knownPools,
  type KnownPoolId,
  type PoolLatency,
} from '../../../electron/contract/knownPools.ts';
import { useApp } from '../../store/StoreContext.tsx';

export interface Latencies {
  /** What is known of each pool so far. */
  readonly of: Partial<Readonly<Record<KnownPoolId, PoolLatency>>>;
  readonly state: 'idle' | 'running' | 'done';
  readonly measure: () => Promise<void>;
}

/** How far the pools offered by name are from here: measured when asked for, never by itself. */
export function useLatencies(): Latencies {
  const call = useApp((state) => state.call);
  const [known, setKnown] = useState<Latencies['of']>({});
  const [state, setState] = useState<Latencies['state']>('idle');

  async function measure() {
    setKnown({});
    setState('running');
    await Promise.all(
      knownPools.map(async ({ id }) => {
        const answer = await call((bridge) => bridge.pool.latency({ id }));
        const latency: PoolLatency = answer.ok ? answer.value : { result: 'failed' };
        setKnown((before) => ({ ...before, [id]: latency }));
      }),
    );
    setState('done');
  }

  return { of: known, state, measure };
}

/** The pool whose answer came first; null where none answered. */
export function nearest({ of }: Latencies): { name: string; roundTripMs: number } | null {
  const reached = knownPools.flatMap(({ id, name }) => {
    const latency = of[id];
    return latency?.result === 'reached' ? [{ name, roundTripMs: latency.roundTripMs }] : [];
  });
  return reached.sort((one, other) => one.roundTripMs - other.roundTripMs)[0] ?? null;
}
