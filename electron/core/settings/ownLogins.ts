import type { PoolSettings, Settings } from '../../contract/settings.ts';
import { addressIn } from '../wallet/redact.ts';
import type { Confirmed } from './confirmedAddress.ts';

/** The texts that pools know the miner by instead of the wallet address, by the id of their pool. */
export function ownLogins({ pools }: Settings): Record<string, string> {
  const logins: Record<string, string> = {};
  for (const pool of pools) {
    if (pool.kind === 'stratum' && pool.login.use === 'text') logins[pool.id] = pool.login.text;
  }
  return logins;
}

interface GuardedLogins {
  readonly pools: PoolSettings[];
  /** An address that nobody confirmed, from one of the logins; null when there is none. */
  readonly foreign: string | null;
}

/** A login with an address that was not confirmed gives way to the confirmed login of its pool, else to the wallet. */
export function withConfirmedLogins(
  pools: readonly PoolSettings[],
  { address, logins = {} }: Confirmed,
): GuardedLogins {
  const own = new Map(Object.entries(logins));
  const known = new Set(own.values());
  let foreign: string | null = null;
  const guarded = pools.map((pool): PoolSettings => {
    if (pool.kind !== 'stratum' || pool.login.use === 'wallet') return pool;
    const { text } = pool.login;
    const payee = addressIn(text);
    if (payee === null || payee === address || known.has(text)) return pool;
    foreign ??= payee;
    const before = own.get(pool.id);
    return {
      ...pool,
      login: before === undefined ? { use: 'wallet' } : { use: 'text', text: before },
    };
  });
  return { pools: guarded, foreign };
}
