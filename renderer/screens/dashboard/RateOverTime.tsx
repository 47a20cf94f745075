import { memo, useMemo } from 'react';
import type { HistorySpan } from '../../../electron/contract/history.ts';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { moment } from '../../../electron/contract/text/time.ts';
import { HashrateChart } from '../../components/HashrateChart.tsx';
import { HistoryChart } from '../../components/HistoryChart.tsx';
import { described } from '../../components/historyPoint.ts';
import { HistoryTable } from '../../components/HistoryTable.tsx';
import { byMinute, placeRates, wallAheadMs, type RatePoint } from '../../store/recentRates.ts';
import { useApp } from '../../store/StoreContext.tsx';
import { useHistoryView } from '../../store/useHistory.ts';
import { useText } from '../../text.ts';
import styles from './Dashboard.module.css';

/** What was seen in this window, second by second. On its own, because it changes less often than the figures above it. */
export const RateJustNow = memo(function RateJustNow({ asTable }: { readonly asTable: boolean }) {
  const { t, language } = useText();
  const history = useApp((state) => state.recentRates);
  const aheadMs = useApp(({ snapshot }) => (snapshot === null ? 0 : wallAheadMs(snapshot)));
  const points = useMemo(() => placeRates(history, aheadMs), [history, aheadMs]);
  const nowMs = points.at(-1)?.timeMs ?? 0;
  if (points.every((point) => point.hashesPerSecond === null)) {
    return <p className={styles.chartEmpty}>{t('dashboard.chartEmpty')}</p>;
  }
  return asTable ? (
    <RateTable points={points} nowMs={nowMs} />
  ) : (
    <HashrateChart
      points={points}
      describe={({ timeMs, hashesPerSecond }) =>
        `${moment(timeMs, nowMs, language)} · ${hashrateText(hashesPerSecond, language)}`
      }
    />
  );
});

interface RateOverProps {
  readonly span: Exclude<HistorySpan, 'quarterHour'>;
  readonly practice: boolean;
  readonly asTable: boolean;
}

/** What is kept of a longer time. */
export const RateOver = memo(function RateOver({ span, practice, asTable }: RateOverProps) {
  const text = useText();
  const { t, sentence } = text;
  const view = useHistoryView(span, practice ? 'practice' : 'mining');
  switch (view.state) {
    case 'loading':
      return (
        <p role="status" className={styles.chartEmpty}>
          {t('history.loading')}
        </p>
      );
    case 'failed':
      return (
        <p role="alert" className={styles.chartEmpty}>
          {sentence(view.problem)}
        </p>
      );
    case 'ready': {
      const label = t(`history.chart.${view.value.span}`);
      if (view.value.points.length === 0) {
        return <p className={styles.chartEmpty}>{t(`history.nothing.${view.value.span}`)}</p>;
      }
      return asTable ? (
        <HistoryTable view={view.value} label={label} />
      ) : (
        <HistoryChart
          fills
          view={view.value}
          label={label}
          hint={t('history.hint')}
          describe={(point) => described(text, point)}
        />
      );
    }
  }
});

function RateTable(props: { readonly points: readonly RatePoint[]; readonly nowMs: number }) {
  const { t, language } = useText();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('dashboard.chart')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dashboard.minute')}</th>
          <th scope="col">{t('dashboard.average')}</th>
        </tr>
      </thead>
      <tbody>
        {byMinute(props.points).map(({ startMs, hashesPerSecond }) => (
          <tr key={startMs}>
            <td>{moment(startMs, props.nowMs, language)}</td>
            <td>{hashrateText(hashesPerSecond, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
