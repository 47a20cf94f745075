import type { PoolSettings, Settings } from './settings.ts';

/** A pool with a login of its own knows whom it pays. */
export function needsAddress(pool: PoolSettings): boolean {
  return pool.kind === 'daemon' || pool.login.use === 'wallet';
}

/** The pools that can be mined at with the settings as they are, in the order of use. */
export function usablePools({ pools, wallet }: Settings): PoolSettings[] {
  return pools.filter((pool) => wallet !== null || !needsAddress(pool));
}
