import type { PoolSettings, Settings } from '../../contract/settings.ts';
import type { ThreadsHeld } from '../../contract/snapshot.ts';
import { usablePools } from '../../contract/usablePools.ts';
import type { MinePlan } from '../../core/mining/plan.ts';
import type { DaemonSpec, PoolSpec, StratumSpec, WorkSpec } from '../../core/work/spec.ts';

/** What the settings say is to be mined, with how much but as many threads as are `held`; null while there is nothing to mine on. */
export function planOf(settings: Settings, held: ThreadsHeld | null): MinePlan | null {
  const work = workOf(settings);
  const { power, tuning } = settings;
  const threads = power.profile === 'custom' ? { count: power.threads } : power.profile;
  return (
    work && {
      work,
      engine: { threads, ...(held && { held }), mode: power.mode, learns: tuning.whileMining },
    }
  );
}

/**
 * Where the settings say that work comes from; null while no pool is chosen, or one lacks the address it pays to.
 * Practice never mixes with the others: nobody who mines for real finds himself practising.
 */
export function workOf(settings: Settings): WorkSpec | null {
  if (settings.work === 'practice') return { kind: 'practice' };
  const address = settings.wallet?.address ?? '';
  const [first, ...others] = usablePools(settings).map((pool) => poolSpecOf(pool, address));
  return first === undefined ? null : { kind: 'pools', pools: [first, ...others] };
}

/** One pool or node of the settings, and for whom it is mined at. */
export function poolSpecOf(pool: PoolSettings, address: string): PoolSpec {
  const { host, port, tls, socks5 } = pool;
  const at = { host, port, tls, ...(socks5 === undefined ? {} : { socks5 }) };
  switch (pool.kind) {
    case 'stratum': {
      const { login, password, rigId } = pool;
      return {
        ...{ ...at, kind: 'stratum', password },
        login: login.use === 'wallet' ? address : login.text,
        ...(rigId === undefined ? {} : { rigId }),
      } satisfies StratumSpec;
    }
    case 'daemon': {
      const { rpcLogin, zmqPort, path } = pool;
      return {
        ...{ ...at, kind: 'daemon', address },
        ...(rpcLogin === undefined ? {} : { rpcLogin }),
        ...(zmqPort === undefined ? {} : { zmqPort }),
        ...(path === undefined ? {} : { path }),
      } satisfies DaemonSpec;
    }
  }
}
