import type { HistoryView } from '../../electron/contract/history.ts';
import { hashrateText, integer } from '../../electron/contract/text/numbers.ts';
import { duration, period } from '../../electron/contract/text/time.ts';
import { useText } from '../text.ts';
import { measuredOf, measuredText, rateOf } from './historyPoint.ts';
import styles from './HistoryTable.module.css';
import { DataTable } from './DataTable.tsx';
import table from './DataTable.module.css';

interface HistoryTableProps {
  readonly view: HistoryView;
  readonly label: string;
}

/** The points of a chart, newest first. */
export function HistoryTable({ view, label }: HistoryTableProps) {
  const text = useText();
  const { t, language } = text;
  const measured = measuredOf(view.total);
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <DataTable name={label}>
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
          {view.points.toReversed().map((point) => (
            <tr key={point.atMs}>
              <td>{period(point.atMs, point.untilMs, language)}</td>
              <td className={table.number}>{hashrateText(rateOf(point), language)}</td>
              <td className={table.number}>{duration(point.hashingMs, language)}</td>
              <td className={table.number}>{duration(point.stateMs['paused'] ?? 0, language)}</td>
              <td className={table.number}>{integer(point.foundShares, language)}</td>
              {measured.map((name) => (
                <td key={name} className={table.number}>
                  {measuredText(text, point, name)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}
