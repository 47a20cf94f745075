import { knownPoolAt, type KnownPool } from '../../contract/knownPools.ts';
import type { Settings } from '../../contract/settings.ts';
import type { AccountPool } from '../../core/poolAccounts/accounts.ts';

/**
 * The pools of the list whose web API can tell what they owe the wallet's address; once each, through a proxy where any of its
 * servers is reached by one.
 */
export function accountPools(
  { work, pools, wallet, askedPools }: Settings,
  knownPools: readonly KnownPool[],
): AccountPool[] {
  if (wallet === null || work !== 'pools') return [];
  // A login of one's own may be another's.
  const others = new Set(
    pools.flatMap((pool) =>
      pool.kind === 'stratum' && pool.login.use === 'text'
        ? (knownPoolAt(pool.host, knownPools)?.id ?? [])
        : [],
    ),
  );
  const found = new Map<string, AccountPool>();
  for (const pool of pools) {
    const known = knownPoolAt(pool.host, knownPools);
    if (known === undefined || pool.kind !== 'stratum' || pool.login.use !== 'wallet') continue;
    const { id, name, api } = known;
    const before = found.get(id);
    const socks5 = before?.socks5 ?? pool.socks5;
    found.set(id, {
      ...{ pool: id, name, api, address: wallet.address },
      entries: [...(before?.entries ?? []), pool.id],
      isAsked: askedPools.includes(id),
      isComparable: !others.has(id),
      ...(socks5 && { socks5 }),
    });
  }
  return [...found.values()];
}
