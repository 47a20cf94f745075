import type { ReactNode } from 'react';
import type { HistorySum } from '../../../electron/contract/history.ts';
import {
  compact,
  decimal,
  finePercent,
  integer,
  NO_FIGURE,
  percent,
} from '../../../electron/contract/text/numbers.ts';
import { Bar } from '../../components/Bar.tsx';
import { Card } from '../../components/Card.tsx';
import { Figure, Figures } from '../../components/Figure.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { lostShares, lostTime, luckOf, sumOf } from './figures.ts';
import styles from './History.module.css';

interface OutcomeCardProps {
  readonly total: HistorySum;
  /** Whether the session under way is of this kind, if there is one. */
  readonly isOfNow: boolean;
}

/** What became of the shares, and what of that was luck. */
export function OutcomeCard({ total, isOfNow }: OutcomeCardProps) {
  const { t, language } = useText();
  const luck = useApp(({ snapshot }) => (isOfNow ? (snapshot?.luck ?? null) : null));
  const { accepted, rejected, stale, foundShares, expectedShares, bestDifficulty } = total;
  const most = Math.max(foundShares, expectedShares, 1);
  const inPercent = (part: number | null) => (part === null ? NO_FIGURE : percent(part, language));
  // A share that counts for nothing costs what the time does that it took.
  const lost = 1 - (1 - lostShares(total)) * (1 - lostTime(total));
  // The chance of a wait as long as this one is exp(-effort).
  const effort = luck && -Math.log(luck.chanceOfWait);
  return (
    <Card title={t('history.shares')}>
      <Figures>
        <Figure large name={t('dashboard.accepted')}>
          {integer(accepted, language)}
        </Figure>
        <Figure large name={t('dashboard.rejected')}>
          {integer(sumOf(rejected), language)}
        </Figure>
        <Figure large name={t('dashboard.stale')}>
          {integer(sumOf(stale), language)}
        </Figure>
      </Figures>
      <div className={styles.bars}>
        <Compared
          name={t('history.found')}
          part={foundShares / most}
          text={integer(foundShares, language)}
        />
        <Compared
          name={t('history.expected')}
          part={expectedShares / most}
          text={
            expectedShares < 100
              ? decimal(expectedShares, language)
              : integer(expectedShares, language)
          }
        />
      </div>
      <dl className={styles.terms}>
        <Term name={t('history.luck')} value={inPercent(luckOf(total))}>
          {t('history.luckText')}
        </Term>
        <Term name={t('history.effort')} value={inPercent(effort)}>
          {t('history.effortText')}
        </Term>
        <Term
          name={t('history.lost')}
          value={total.hashes > 0 ? finePercent(lost, language) : NO_FIGURE}
        >
          {t('history.lostText', {
            shares: finePercent(lostShares(total), language),
            time: finePercent(lostTime(total), language),
          })}
        </Term>
        <Term
          name={t('history.best')}
          value={bestDifficulty > 0 ? compact(bestDifficulty, language) : NO_FIGURE}
        >
          {t('history.bestText')}
        </Term>
      </dl>
    </Card>
  );
}

interface ComparedProps {
  readonly name: string;
  readonly part: number;
  readonly text: string;
}

function Compared({ name, part, text }: ComparedProps) {
  return (
    <div>
      <p className={styles.barHead}>
        <span>{name}</span>
        <span>{text}</span>
      </p>
      <Bar label={name} value={part} text={text} />
    </div>
  );
}

interface TermProps {
  readonly name: string;
  readonly value: string;
  /** What it means, in a sentence or two. */
  readonly children: ReactNode;
}

function Term({ name, value, children }: TermProps) {
  return (
    <div>
      <dt>
        <span>{name}</span>
        <span className={styles.termValue}>{value}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
