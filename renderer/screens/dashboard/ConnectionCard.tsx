import { isLoopback, isOnion } from '../../../electron/contract/host.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { useShallow } from 'zustand/react/shallow';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { usablePools } from '../../../electron/contract/usablePools.ts';
import { shortAddress } from '../../components/AddressBlocks.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Card.tsx';
import { Line, Lines } from '../../components/Figure.tsx';
import { endpointText } from '../../components/poolChoice.ts';
import { compact, integer } from '../../../electron/contract/text/numbers.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { minedPool } from '../../store/minedPool.ts';
import { useApp, useOfSnapshot, usePart, useReady } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

const linkTones = {
  offline: 'plain',
  connecting: 'plain',
  loggedIn: 'good',
  waiting: 'caution',
} as const;

export function ConnectionCard() {
  const { t } = useText();
  const { settings } = useReady();
  const pool = useApp(useShallow(({ snapshot }) => snapshot?.pool && withoutTime(snapshot.pool)));
  const next = settings.work === 'practice' ? undefined : usablePools(settings)[0];
  const isNode = (pool ?? next)?.kind === 'daemon';
  return (
    <Card
      tour="pool"
      title={t(isNode ? 'pools.node' : 'dashboard.connection')}
      aside={pool && <Badge tone={linkTones[pool.link]}>{t(`dashboard.link.${pool.link}`)}</Badge>}
    >
      {pool ? <Connection pool={pool} /> : <Intention />}
    </Card>
  );
}

/** Before Start: where it will connect, and for whom. */
function Intention() {
  const { t } = useText();
  const { settings } = useReady();
  const first = usablePools(settings)[0];
  const practises = settings.work === 'practice';
  return (
    <>
      <Lines>
        {(first || practises) && (
          <Line name={t('dashboard.willConnect')}>
            {practises || !first ? t('pool.practice') : endpointText(first)}
          </Line>
        )}
        {!practises && <PaidTo pool={first} />}
      </Lines>
      <p className={styles.quiet}>{t('dashboard.noPool')}</p>
    </>
  );
}

/** A pool that is given the wallet address pays it; what another login stands for is known there, not here. */
function PaidTo({ pool }: { readonly pool: PoolSettings | undefined }) {
  const { t } = useText();
  const { settings } = useReady();
  if (pool === undefined) return null;
  if (pool.kind === 'stratum' && pool.login.use === 'text') {
    return <Line name={t('dashboard.paidTo')}>{t('dashboard.paidToKnown')}</Line>;
  }
  if (settings.wallet === null) return null;
  return (
    <Line name={t('dashboard.paidTo')}>
      <code>{shortAddress(settings.wallet.address)}</code>
    </Line>
  );
}

type Pool = NonNullable<Snapshot['pool']>;

/** What moves all the time is drawn on its own. */
const withoutTime = (pool: Pool): Pool => ({ ...pool, connectedForMs: null });

interface ConnectionProps {
  readonly pool: Pool;
}

function Connection({ pool }: ConnectionProps) {
  const { t, sentence, language } = useText();
  const { settings } = useReady();
  const standings = usePart('standings') ?? [];
  const algorithm = useOfSnapshot(({ job }) => job?.algorithm);
  const difficulty = useOfSnapshot(({ job }) => job?.difficulty);
  const height = useOfSnapshot(({ job }) => job?.height);
  const state = useOfSnapshot(({ session }) => session.state);
  // Otherwise the why line tells it.
  const isUntold = state !== 'waiting' && state !== 'failed';
  return (
    <>
      <Lines>
        <Line name={pool.kind === 'practice' ? t('pool.practice') : t('dashboard.host')}>
          {pool.kind === 'practice'
            ? t('pool.earnsNothing')
            : `${endpointText(pool)} · ${t(encryption(pool))}`}
        </Line>
        <Line name={t('dashboard.algorithm')}>{algorithm ?? '–'}</Line>
        <Line name={t('dashboard.difficulty')}>
          {difficulty === undefined ? '–' : compact(difficulty, language)}
        </Line>
        <Line name={t('dashboard.height')}>{height == null ? '–' : integer(height, language)}</Line>
        <Line name={t('dashboard.ping')}>
          {pool.pingMs === null ? '–' : t('dashboard.ms', { ms: integer(pool.pingMs, language) })}
        </Line>
        <Line name={t('dashboard.connectedFor')}>
          <ConnectedFor />
        </Line>
        {pool.kind !== 'practice' && <PaidTo pool={minedPool(settings, pool, standings)} />}
      </Lines>
      {pool.lastError && pool.link !== 'loggedIn' && isUntold && (
        <p className={styles.quiet}>
          {sentence(pool.lastError)}{' '}
          {pool.retryInMs !== null &&
            t('dashboard.retryIn', { seconds: Math.ceil(pool.retryInMs / 1000) })}
        </p>
      )}
    </>
  );
}

function ConnectedFor() {
  const { language } = useText();
  const forMs = useOfSnapshot(({ pool }) => pool?.connectedForMs);
  return forMs == null ? '–' : duration(forMs, language);
}

function encryption({ tls, host }: ConnectionProps['pool']) {
  if (tls) return 'pool.tlsShort';
  if (isOnion(host)) return 'dashboard.byTor';
  return isLoopback(host) ? 'dashboard.local' : 'pool.plain';
}
