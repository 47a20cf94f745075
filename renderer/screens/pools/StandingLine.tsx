import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Badge } from '../../components/Badge.tsx';
import { standingOf } from '../../store/minedPool.ts';
import { usePart, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Pools.module.css';

interface StandingLineProps {
  readonly pool: PoolSettings;
  readonly isPrimary: boolean;
}

/** Whether a pool of the list is mined on at this moment, and why or why not; nothing while none is. */
export function StandingLine({ pool, isPrimary }: StandingLineProps) {
  const { t, sentence } = useText();
  const { settings } = useReady();
  const standings = usePart('standings') ?? [];
  const found = standingOf(pool, settings, standings);
  if (!found) return null;
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
