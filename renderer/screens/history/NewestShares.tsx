import ListChecks from 'lucide-react/icons/list-checks';
import type { ShareRecord } from '../../../electron/contract/snapshot.ts';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { compact, integer } from '../../../electron/contract/text/numbers.ts';
import { moment, roughly } from '../../../electron/contract/text/time.ts';
import { useMinuteMs, usePart } from '../../store/StoreContext.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import styles from '../../components/DataTable.module.css';
import { useText } from '../../text.ts';

const tones = {
  pending: 'plain',
  accepted: 'good',
  rejected: 'danger',
  stale: 'caution',
} as const;

/** Those of the session under way, each with its fate. */
export function NewestShares() {
  const { t } = useText();
  const shares = usePart('shares')?.recent ?? [];
  return (
    <Card title={t('shares.newest')}>
      {shares.length > 0 ? <ShareTable shares={shares} /> : <NoShares />}
    </Card>
  );
}

function NoShares() {
  const { t, language } = useText();
  const expectedMs = usePart('luck')?.expectedMs ?? null;
  const activity = usePart('activity');
  return (
    <EmptyState icon={ListChecks} title={t('shares.emptyTitle')}>
      {expectedMs !== null
        ? t('shares.emptyExpected', { time: roughly(expectedMs, language) })
        : activity === 'hashing'
          ? t('shares.emptyMining')
          : t('shares.emptyIdle')}
    </EmptyState>
  );
}

function ShareTable({ shares }: { readonly shares: readonly ShareRecord[] }) {
  const { t, sentence, language } = useText();
  const nowMs = useMinuteMs();
  return (
    <DataTable name={t('shares.newest')}>
      <thead>
        <tr>
          <th scope="col">{t('shares.time')}</th>
          <th scope="col">{t('shares.outcome')}</th>
          <th scope="col" className={styles.number}>
            {t('shares.difficulty')}
          </th>
          <th scope="col" className={styles.wide}>
            {t('shares.roundTrip')}
          </th>
          <th scope="col" className={styles.wide}>
            {t('shares.nonce')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <tr key={`${share.jobId} ${share.nonce}`}>
            <td className={styles.time}>{moment(share.foundAtMs, nowMs, language)}</td>
            <td>
              <Badge tone={tones[share.outcome]}>{t(`shares.outcomes.${share.outcome}`)}</Badge>{' '}
              {share.problem !== undefined && (
                <span className={styles.message}>{sentence(share.problem)}</span>
              )}
            </td>
            <td className={styles.number}>{compact(share.difficulty, language)}</td>
            <td className={styles.wide}>
              {share.roundTripMs === undefined
                ? '–'
                : t('dashboard.ms', { ms: integer(share.roundTripMs, language) })}
            </td>
            <td className={styles.wide}>
              <code>{share.nonce}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
