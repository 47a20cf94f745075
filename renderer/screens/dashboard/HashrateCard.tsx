import { memo, useMemo } from 'react';
import { cx } from '../../components/cx.ts';
import { Card } from '../../components/Card.tsx';
import { Figure, Figures } from '../../components/Figure.tsx';
import { HashrateChart } from '../../components/HashrateChart.tsx';
import { hashrate, hashrateText, integer } from '../../../electron/contract/text/numbers.ts';
import { duration, moment } from '../../../electron/contract/text/time.ts';
import { byMinute, placeRates, wallAheadMs, type RatePoint } from '../../store/history.ts';
import { useApp, useSnapshot } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

export function HashrateCard() {
  const { t, language } = useText();
  const snapshot = useSnapshot();
  const rates = snapshot?.rates ?? { h10s: null, h60s: null, h15m: null };
  const { watts, celsius } = snapshot?.sensors ?? { watts: null, celsius: null };
  const now = hashrate(rates.h10s, language);
  return (
    <Card title={t('dashboard.hashrate')} tour="hashrate" className={styles.rateCard}>
      <div className={styles.rates}>
        <p className={styles.now} data-testid="hashrate">
          {/* The unit stays behind its figure, whatever the direction of the text. */}
          <span dir="ltr" className={styles.nowRate}>
            <span className={cx(styles.nowValue, rates.h10s === null && styles.noValue)}>
              {now.value}
            </span>
            <span className={styles.nowUnit}>{now.unit}</span>
          </span>
          <span className={styles.quiet}>{t('dashboard.over10s')}</span>
        </p>
        <Figures>
          <Figure name={t('dashboard.over60s')}>{hashrateText(rates.h60s, language)}</Figure>
          <Figure name={t('dashboard.over15m')}>{hashrateText(rates.h15m, language)}</Figure>
          <Figure name={t('dashboard.uptime')}>
            {snapshot && snapshot.uptimeMs > 0 ? duration(snapshot.uptimeMs, language) : '–'}
          </Figure>
          {celsius !== null && (
            <Figure name={t('dashboard.temperature')}>
              {t('settings.celsius', { degrees: integer(celsius, language) })}
            </Figure>
          )}
          {watts !== null && (
            <Figure name={t('dashboard.power')}>
              {t('dashboard.watts', { watts: integer(watts, language) })}
            </Figure>
          )}
        </Figures>
      </div>
      <RateHistory />
    </Card>
  );
}

/** On its own, because it changes less often than the figures above it. */
const RateHistory = memo(function RateHistory() {
  const { t } = useText();
  const history = useApp((state) => state.history);
  const aheadMs = useApp(({ snapshot }) => (snapshot === null ? 0 : wallAheadMs(snapshot)));
  const points = useMemo(() => placeRates(history, aheadMs), [history, aheadMs]);
  if (points.every((point) => point.hashesPerSecond === null)) {
    return <p className={styles.chartEmpty}>{t('dashboard.chartEmpty')}</p>;
  }
  return (
    <>
      <HashrateChart points={points} />
      <RateTable points={points} />
    </>
  );
});

function RateTable({ points }: { readonly points: readonly RatePoint[] }) {
  const { t, language } = useText();
  const nowMs = points.at(-1)?.timeMs ?? 0;
  return (
    <details className={styles.details}>
      <summary>{t('dashboard.showTable')}</summary>
      <table className={styles.table}>
        <caption className="visually-hidden">{t('dashboard.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dashboard.minute')}</th>
            <th scope="col">{t('dashboard.average')}</th>
          </tr>
        </thead>
        <tbody>
          {byMinute(points).map(({ startMs, hashesPerSecond }) => (
            <tr key={startMs}>
              <td>{moment(startMs, nowMs, language)}</td>
              <td>{hashrateText(hashesPerSecond, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
