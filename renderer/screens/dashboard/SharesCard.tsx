import { Card } from '../../components/Card.tsx';
import { Figure, Figures } from '../../components/Figure.tsx';
import { howUnlucky, luckOf, type Luck } from '../../format/luck.ts';
import { decimal, integer, percent } from '../../../electron/contract/text/numbers.ts';
import { roughly } from '../../../electron/contract/text/time.ts';
import { useSnapshot } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

export function SharesCard() {
  const { t, language } = useText();
  const snapshot = useSnapshot();
  const shares = snapshot?.shares;
  const luck = snapshot ? luckOf(snapshot) : null;
  return (
    <Card title={t('dashboard.shares')}>
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
        {luck ? <LuckLines luck={luck} /> : <p>{t('dashboard.sharesIdle')}</p>}
      </div>
    </Card>
  );
}

function LuckLines({ luck }: { readonly luck: Luck }) {
  const { t, language } = useText();
  const expected = roughly(luck.expectedMs, language);
  const waited = {
    time: roughly(luck.waitedMs, language),
    chance: percent(luck.chanceOfWait, language),
  };
  return (
    <>
      <p>
        {luck.foundShares === 0
          ? t('dashboard.firstShare', { time: expected })
          : t('dashboard.nextShare', { time: expected })}
      </p>
      {luck.waitedMs > luck.expectedMs / 2 && (
        <p>{t(`dashboard.noShare.${howUnlucky(luck.chanceOfWait)}`, waited)}</p>
      )}
      {luck.foundShares > 0 && (
        <p>
          {t('dashboard.luck', {
            found: integer(luck.foundShares, language),
            expected: decimal(luck.expectedShares, language),
          })}
        </p>
      )}
    </>
  );
}
