import { Card } from '../../components/Card.tsx';
import { Figure, Figures } from '../../components/Figure.tsx';
import { decimal, integer, percent } from '../../../electron/contract/text/numbers.ts';
import { roughly } from '../../../electron/contract/text/time.ts';
import { useOfSnapshot, usePart } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

export function SharesCard() {
  const { t, language } = useText();
  const shares = usePart('shares');
  const hasLuck = useOfSnapshot(({ luck }) => luck !== null) === true;
  return (
    <Card title={t('dashboard.shares')} tour="shares">
      <Figures>
        <Figure large name={t('dashboard.accepted')}>
          {integer(shares?.accepted ?? 0, language)}
        </Figure>
        <Figure large name={t('dashboard.rejected')}>
          {integer(shares?.rejected ?? 0, language)}
        </Figure>
        <Figure large name={t('dashboard.stale')}>
          {integer(shares?.stale ?? 0, language)}
        </Figure>
      </Figures>
      <div className={styles.quiet}>
        {hasLuck ? <LuckLines /> : <p>{t('dashboard.sharesIdle')}</p>}
      </div>
    </Card>
  );
}

function LuckLines() {
  const { t, language } = useText();
  const luck = usePart('luck');
  if (!luck) return null;
  const { foundShares, expectedShares, expectedMs, waitedMs, chanceOfWait, verdict } = luck;
  const waited = { time: roughly(waitedMs, language), chance: percent(chanceOfWait, language) };
  return (
    <>
      {expectedMs !== null && (
        <p>
          {t(foundShares === 0 ? 'dashboard.firstShare' : 'dashboard.nextShare', {
            time: roughly(expectedMs, language),
          })}
        </p>
      )}
      {expectedMs !== null && waitedMs > expectedMs / 2 && (
        <p>{t(`dashboard.noShare.${verdict}`, waited)}</p>
      )}
      {foundShares > 0 && (
        <p>
          {t('dashboard.luck', {
            found: integer(foundShares, language),
            expected: decimal(expectedShares, language),
          })}
        </p>
      )}
    </>
  );
}
