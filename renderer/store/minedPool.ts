import type { PoolSettings, Settings } from '../../electron/contract/settings.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import { usablePools } from '../../electron/contract/usablePools.ts';

type Place = Pick<PoolSettings, 'host' | 'port'> & { readonly kind: string };
type PoolStanding = Snapshot['standings'][number];

const at = (place: Place) => (other: Place) =>
  other.kind === place.kind && other.host === place.host && other.port === place.port;

/** How a pool of the settings stands; undefined while it is not mined on a list that it is in. */
export function standingOf(
  pool: PoolSettings,
  settings: Settings,
  standings: readonly PoolStanding[],
): PoolStanding | undefined {
  // One place may be in the list twice, with two logins.
  const isThere = at(pool);
  return standings.filter(isThere)[usablePools(settings).filter(isThere).indexOf(pool)];
}

/** The pool of the settings that is connected to; undefined for practice, or one that was taken from the list. */
export function minedPool(
  settings: Settings,
  connected: Place,
  standings: readonly PoolStanding[],
): PoolSettings | undefined {
  const there = usablePools(settings).filter(at(connected));
  const inUse = there.find((pool) => standingOf(pool, settings, standings)?.standing === 'inUse');
  return inUse ?? there[0];
}
