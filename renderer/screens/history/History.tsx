import HistoryIcon from 'lucide-react/icons/history';
import { useCallback, useState } from 'react';
import {
  historyKind,
  historySpan,
  type HistoryKind,
  type HistoryOverview,
  type HistorySpan,
} from '../../../electron/contract/history.ts';
import type { Bridge } from '../../bridge.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useHistory, useHistoryView } from '../../store/useHistory.ts';
import { useText } from '../../text.ts';
import { AllTimeCard } from './AllTimeCard.tsx';
import styles from './History.module.css';
import { NewestShares } from './NewestShares.tsx';
import { OutcomeCard } from './OutcomeCard.tsx';
import { RateCard } from './RateCard.tsx';
import { SessionsCard } from './SessionsCard.tsx';
import { TimeCard } from './TimeCard.tsx';

const MINUTE_MS = 60_000;

/** What mining came to, over minutes and years; practice is there too, and apart. */
export function History() {
  const { t, sentence } = useText();
  const practises = useApp(({ snapshot }) => snapshot?.practice === true);
  const [span, setSpan] = useState<HistorySpan>('day');
  const [kind, setKind] = useState<HistoryKind>(practises ? 'practice' : 'mining');
  /** Counts what makes everything be read again. */
  const [round, setRound] = useState(0);
  const state = useHistory(readState, MINUTE_MS, round);
  const fault = state.state === 'ready' ? state.value.fault : null;
  return (
    <>
      <div className={styles.bar}>
        <Segments
          label={t('history.span')}
          value={span}
          onChange={setSpan}
          options={historySpan.options.map((value) => ({
            value,
            label: t(`history.spans.${value}`),
          }))}
        />
        <Segments
          label={t('history.kind')}
          value={kind}
          onChange={setKind}
          options={historyKind.options.map((value) => ({
            value,
            label: t(`history.kinds.${value}`),
          }))}
        />
      </div>
      {fault && <Notice tone="caution">{sentence(fault)}</Notice>}
      <Past key={kind} {...{ kind, span, round }} onAgain={() => setRound(round + 1)} />
    </>
  );
}

const readState = (bridge: Bridge) => bridge.history.state();

interface PastProps {
  readonly kind: HistoryKind;
  readonly span: HistorySpan;
  readonly round: number;
  readonly onAgain: () => void;
}

function Past({ kind, span, round, onAgain }: PastProps) {
  const { t, sentence } = useText();
  const readOverview = useCallback((bridge: Bridge) => bridge.history.overview({ kind }), [kind]);
  const overview = useHistory(readOverview, 5 * MINUTE_MS, round);
  switch (overview.state) {
    case 'loading':
      return (
        <p role="status" className={styles.loading}>
          {t('history.loading')}
        </p>
      );
    case 'failed':
      return (
        <Notice
          tone="danger"
          title={t('history.failedTitle')}
          alert
          actions={<Button onClick={onAgain}>{t('app.retry')}</Button>}
        >
          {sentence(overview.problem)}
        </Notice>
      );
    case 'ready':
      return overview.value.sinceMs === null ? (
        <Card title={t('history.hashrate')}>
          <EmptyState icon={HistoryIcon} title={t(`history.emptyTitle.${kind}`)}>
            {t(`history.empty.${kind}`)}
          </EmptyState>
        </Card>
      ) : (
        <Figures {...{ kind, span, round, onAgain }} overview={overview.value} />
      );
  }
}

function Figures(props: PastProps & { readonly overview: HistoryOverview }) {
  const { kind, span, round, overview, onAgain } = props;
  const { sentence } = useText();
  // Truths, not the snapshot itself: a table of hundreds of lines is not made anew twice a second.
  const isOfNow = useApp(({ snapshot }) => snapshot?.practice === (kind === 'practice'));
  const hasShares = useApp(
    ({ snapshot }) =>
      snapshot !== null && (snapshot.shares.recent.length > 0 || snapshot.activity !== 'off'),
  );
  const view = useHistoryView(span, kind, round);
  return (
    <>
      {view.state === 'failed' && (
        <Notice tone="danger" alert>
          {sentence(view.problem)}
        </Notice>
      )}
      {view.state === 'ready' && (
        <div className={styles.span} aria-busy={view.isOld}>
          <RateCard view={view.value} span={view.value.span} />
          <div className={styles.columns}>
            <OutcomeCard total={view.value.total} isOfNow={isOfNow} />
            <TimeCard total={view.value.total} />
          </div>
        </div>
      )}
      <SessionsCard overview={overview} />
      {isOfNow && hasShares && <NewestShares />}
      <AllTimeCard overview={overview} onDeleted={onAgain} />
    </>
  );
}
