import { useState } from 'react';
import type {
  HistoryPoint,
  HistorySpan,
  HistorySum,
  HistoryView,
} from '../../../electron/contract/history.ts';
import { pauseReason } from '../../../electron/contract/snapshot.ts';
import type { Text } from '../../../electron/contract/text/index.ts';
import {
  compact,
  hashrateText,
  integer,
  NO_FIGURE,
} from '../../../electron/contract/text/numbers.ts';
import { duration, period } from '../../../electron/contract/text/time.ts';
import { Card } from '../../components/Card.tsx';
import { cx } from '../../components/cx.ts';
import { Figure, Figures } from '../../components/Figure.tsx';
import { HistoryChart } from '../../components/HistoryChart.tsx';
import { useText } from '../../text.ts';
import { rateOf } from './figures.ts';
import styles from './History.module.css';
import table from './table.module.css';

interface RateCardProps {
  readonly view: HistoryView;
  readonly span: HistorySpan;
}

/** The rate over the span: in figures, as a chart, and as a table for those who cannot see it. */
export function RateCard({ view, span }: RateCardProps) {
  const text = useText();
  const { t, language } = text;
  const { total } = view;
  const measured = measuredOf(total);
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
        {measured.map((name) => (
          <Figure key={name} large name={t(`history.${name}`)}>
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
          <PointTable points={view.points} label={t(`history.chart.${span}`)} measured={measured} />
        </>
      )}
    </Card>
  );
}

function described(text: Text, point: HistoryPoint): string {
  const { t, language } = text;
  const { atMs, untilMs, hashingMs, foundShares, pausedMs, stateMs } = point;
  const when = period(atMs, untilMs, language);
  const parts: string[] = [
    hashingMs > 0
      ? t('history.point', {
          period: when,
          rate: hashrateText(rateOf(point), language),
          mined: duration(hashingMs, language),
        })
      : t('history.pointIdle', { period: when }),
  ];
  if (foundShares > 0) parts.push(t('history.pointShares', { count: foundShares }));
  const reasons = pauseReason.options.filter((reason) => (pausedMs[reason] ?? 0) > 0);
  if (reasons.length > 0) {
    parts.push(
      t('history.pointPaused', {
        time: duration(stateMs['paused'] ?? 0, language),
        reasons: new Intl.ListFormat(language).format(
          reasons.map((reason) => t(`why.pausedBecause.${reason}`)),
        ),
      }),
    );
  }
  const waitedMs = stateMs['waiting'] ?? 0;
  if (waitedMs > 0) parts.push(t('history.pointWaited', { time: duration(waitedMs, language) }));
  return [...parts, ...measuredOf(point).map((name) => measuredText(text, point, name))].join(
    ' · ',
  );
}

const sensors = ['power', 'temperature'] as const;
type Measured = (typeof sensors)[number];

/** What this computer told of its processors in this time. */
function measuredOf({ watts, celsius }: HistorySum): readonly Measured[] {
  const figures = { power: watts, temperature: celsius };
  return sensors.filter((name) => figures[name] !== null);
}

function measuredText({ t, language }: Text, { watts, celsius }: HistorySum, name: Measured) {
  const figure = name === 'power' ? watts : celsius;
  if (figure === null) return NO_FIGURE;
  const rounded = integer(figure, language);
  return name === 'power'
    ? t('dashboard.watts', { watts: rounded })
    : t('settings.celsius', { degrees: rounded });
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

interface PointTableProps {
  readonly points: readonly HistoryPoint[];
  readonly label: string;
  readonly measured: readonly Measured[];
}

/** Newest first. Made when it is opened: it can be long. */
function PointTable({ points, label, measured }: PointTableProps) {
  const text = useText();
  const { t, language } = text;
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('dashboard.showTable')}</summary>
      {isOpen && (
        <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
          <table className={table.table}>
            <caption className="visually-hidden">{label}</caption>
            <thead>
              <tr>
                <th scope="col">{t('history.time')}</th>
                <th scope="col" className={table.number}>
                  {t('history.hashrate')}
                </th>
                <th scope="col" className={table.number}>
                  {t('history.mined')}
                </th>
                <th scope="col" className={table.number}>
                  {t('history.paused')}
                </th>
                <th scope="col" className={table.number}>
                  {t('history.shares')}
                </th>
                {measured.map((name) => (
                  <th key={name} scope="col" className={table.number}>
                    {t(`dashboard.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map((point) => (
                <tr key={point.atMs}>
                  <td>{period(point.atMs, point.untilMs, language)}</td>
                  <td className={table.number}>{hashrateText(rateOf(point), language)}</td>
                  <td className={table.number}>{duration(point.hashingMs, language)}</td>
                  <td className={table.number}>
                    {duration(point.stateMs['paused'] ?? 0, language)}
                  </td>
                  <td className={table.number}>{integer(point.foundShares, language)}</td>
                  {measured.map((name) => (
                    <td key={name} className={table.number}>
                      {measuredText(text, point, name)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
