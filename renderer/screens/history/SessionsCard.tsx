import { useState } from 'react';
import type { HistoryOverview, HistorySession } from '../../../electron/contract/history.ts';
import type { Text } from '../../../electron/contract/text/index.ts';
import {
  hashrateText,
  integer,
  NO_FIGURE,
  percent,
} from '../../../electron/contract/text/numbers.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { cx } from '../../components/cx.ts';
import { rateOf } from '../../components/historyPoint.ts';
import { endpointText } from '../../components/poolChoice.ts';
import { DataTable } from '../../components/DataTable.tsx';
import table from '../../components/DataTable.module.css';
import { useText } from '../../text.ts';
import { luckOf, sumOf } from './figures.ts';

const AT_FIRST = 8;

/** From Start to Stop, newest first. */
export function SessionsCard({ overview }: { readonly overview: HistoryOverview }) {
  const { t } = useText();
  const [showsAll, setShowsAll] = useState(false);
  const { sessions, sessionCount } = overview;
  const shown = showsAll ? sessions : sessions.slice(0, AT_FIRST);
  return (
    <Card
      title={t('history.sessions')}
      aside={
        sessionCount > shown.length &&
        t('history.sessionsOf', { shown: shown.length, count: sessionCount })
      }
    >
      <DataTable name={t('history.sessions')}>
        <thead>
          <tr>
            <th scope="col">{t('history.started')}</th>
            <th scope="col" className={table.number}>
              {t('history.mined')}
            </th>
            <th scope="col" className={table.wide}>
              {t('history.average')}
            </th>
            <th scope="col" className={table.number}>
              {t('dashboard.accepted')}
            </th>
            <th scope="col" className={table.wide}>
              {t('history.failedShares')}
            </th>
            <th scope="col" className={table.wide}>
              {t('history.luck')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((session) => (
            <Session key={session.startedAtMs} session={session} />
          ))}
        </tbody>
      </DataTable>
      {sessions.length > shown.length && (
        <div>
          <Button onClick={() => setShowsAll(true)}>
            {t('history.sessionsAll', { count: sessions.length })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Session({ session }: { readonly session: HistorySession }) {
  const text = useText();
  const { t, language } = text;
  const started = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const luck = luckOf(session);
  return (
    <tr>
      <td>
        {started.format(session.startedAtMs)}
        <div className={table.below}>{whereOf(session, t)}</div>
      </td>
      <td className={cx(table.number, table.time)}>{duration(session.hashingMs, language)}</td>
      <td className={cx(table.wide, table.time)}>{hashrateText(rateOf(session), language)}</td>
      <td className={table.number}>{integer(session.accepted, language)}</td>
      <td className={table.wide}>
        {integer(sumOf(session.rejected) + sumOf(session.stale), language)}
      </td>
      <td className={table.wide}>{luck === null ? NO_FIGURE : percent(luck, language)}</td>
    </tr>
  );
}

function whereOf({ sources: [first, ...others] }: HistorySession, t: Text['t']): string {
  if (first === undefined) return NO_FIGURE;
  const place = first.kind === 'practice' ? t('pool.practice') : endpointText(first);
  return others.length === 0 ? place : t('history.more', { place, count: others.length });
}
