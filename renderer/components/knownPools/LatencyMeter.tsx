import ExternalLink from 'lucide-react/icons/external-link';
import Gauge from 'lucide-react/icons/gauge';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { Button } from '../Button.tsx';
import styles from './KnownPools.module.css';
import { nearest, type Latencies } from './useLatencies.ts';

/** What helps to choose among the pools offered by name: the measurement, what it found in words, and their sizes. */
export function LatencyMeter({ latencies }: { readonly latencies: Latencies }) {
  const { t } = useText();
  const run = useApp((state) => state.run);
  const running = latencies.state === 'running';
  return (
    <div className={styles.meter}>
      <Button disabled={running} onClick={() => void latencies.measure()}>
        <Gauge aria-hidden />
        {t(running ? 'pool.measuring' : 'pool.measure')}
      </Button>
      <Button
        variant="ghost"
        onClick={() => void run((bridge) => bridge.link.open({ id: 'poolSizes' }))}
      >
        <ExternalLink aria-hidden />
        {t('pool.sizes')}
      </Button>
      <p role="status" className={styles.quiet}>
        <Finding latencies={latencies} />
      </p>
    </div>
  );
}

function Finding({ latencies }: { readonly latencies: Latencies }) {
  const { t } = useText();
  if (latencies.state !== 'done') return t('pool.measureHint');
  const first = nearest(latencies);
  if (first === null) return t('pool.noneReached');
  return t('pool.nearest', { name: first.name, ms: Math.ceil(first.roundTripMs) });
}
