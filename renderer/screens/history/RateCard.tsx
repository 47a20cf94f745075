import { useState } from 'react';
import type { HistorySpan, HistoryView } from '../../../electron/contract/history.ts';
import { compact, hashrateText } from '../../../electron/contract/text/numbers.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { Card } from '../../components/Card.tsx';
import { cx } from '../../components/cx.ts';
import { Figure, Figures } from '../../components/Figure.tsx';
import { HistoryChart } from '../../components/HistoryChart.tsx';
import { described, measuredOf, measuredText, rateOf } from '../../components/historyPoint.ts';
import { HistoryTable } from '../../components/HistoryTable.tsx';
import { useText } from '../../text.ts';
import styles from './History.module.css';

interface RateCardProps {
  readonly view: HistoryView;
  readonly span: HistorySpan;
}

/** The rate over the span: in figures, as a chart, and as a table for those who cannot see it. */
export function RateCard({ view, span }: RateCardProps) {
  const text = useText();
  const { t, language } = text;
  const { total } = view;
  const [isTableOpen, setTableOpen] = useState(false);
  return (
    <Card title={t('history.hashrate')}>
      <Figures>
        <Figure large name={t('history.average')}>
          {hashrateText(rateOf(total), language)}
        </Figure>
        <Figure large name={t('history.mined')}>
          {duration(total.hashingMs, language)}
        </Figure>
        <Figure large name={t('history.hashes')}>
          {compact(total.hashes, language)}
        </Figure>
        {measuredOf(total).map((name) => (
          <Figure key={name} large name={t(`dashboard.${name}`)}>
            {measuredText(text, total, name)}
          </Figure>
        ))}
      </Figures>
      {view.points.length === 0 ? (
        <p className={styles.nothing}>{t(`history.nothing.${span}`)}</p>
      ) : (
        <>
          <HistoryChart
            view={view}
            label={t(`history.chart.${span}`)}
            hint={t('history.hint')}
            describe={(point) => described(text, point)}
          />
          <Legend />
          <details
            className={styles.details}
            onToggle={(event) => setTableOpen(event.currentTarget.open)}
          >
            <summary>{t('dashboard.showTable')}</summary>
            {/* Made when it is opened: it can be long. */}
            {isTableOpen && <HistoryTable view={view} label={t(`history.chart.${span}`)} />}
          </details>
        </>
      )}
    </Card>
  );
}

function Legend() {
  const { t } = useText();
  return (
    <ul className={styles.legend}>
      <li>
        <span aria-hidden className={cx(styles.swatch, styles.paused)} />
        {t('history.legendPaused')}
      </li>
      <li>
        <span aria-hidden className={cx(styles.swatch, styles.waiting)} />
        {t('history.legendWaiting')}
      </li>
      <li>
        <span aria-hidden className={cx(styles.swatch, styles.off)} />
        {t('history.legendGap')}
      </li>
    </ul>
  );
}
