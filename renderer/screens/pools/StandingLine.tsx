import type { PoolSettings } from '../../../electron/contract/settings.ts';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { Badge } from '../../components/Badge.tsx';
import { useReady, useSnapshot } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Pools.module.css';

type PoolStanding = Snapshot['standings'][number];

interface StandingLineProps {
  readonly pool: PoolSettings;
  readonly isPrimary: boolean;
}

/** Whether a pool of the list is mined on at this moment, and why or why not; nothing while none is. */
export function StandingLine({ pool, isPrimary }: StandingLineProps) {
  const { t, sentence } = useText();
  const { pools } = useReady().settings;
  const standings = useSnapshot()?.standings ?? [];
  const isThere = ({ kind, host, port }: PoolSettings | PoolStanding) =>
    kind === pool.kind && host === pool.host && port === pool.port;
  // One place may be in the list twice, with two logins.
  const found = standings.filter(isThere)[pools.filter(isThere).indexOf(pool)];
  if (found === undefined) return null;
  const { standing, trouble } = found;
  const why = trouble === null ? '' : sentence(trouble);
  if (standing !== 'inUse') {
    return <p className={styles.standing}>{t(`pools.standing.${standing}`, { why })}</p>;
  }
  return (
    <p className={styles.standing}>
      <Badge tone="good">{t('pools.standing.inUse')}</Badge>
      {!isPrimary && t('pools.standing.inUseInstead')}
    </p>
  );
}
