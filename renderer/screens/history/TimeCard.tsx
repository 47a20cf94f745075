import type { HistorySum } from '../../../electron/contract/history.ts';
import { pauseReason } from '../../../electron/contract/snapshot.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { Card } from '../../components/Card.tsx';
import { cx } from '../../components/cx.ts';
import { useText } from '../../text.ts';
import styles from './History.module.css';

const parts = {
  mining: ['mining'],
  preparing: ['preparing'],
  paused: ['paused'],
  waiting: ['waiting', 'connecting'],
} as const;
const names = Object.keys(parts) as readonly (keyof typeof parts)[];

/** What the time since Start went to, and why mining was paused. */
export function TimeCard({ total }: { readonly total: HistorySum }) {
  const { t, language } = useText();
  const { stateMs, pausedMs } = total;
  const spans = names.map((name) => ({
    name,
    ms: parts[name].reduce((sum, state) => sum + (stateMs[state] ?? 0), 0),
  }));
  const reasons = pauseReason.options
    .map((reason) => ({ reason, ms: pausedMs[reason] ?? 0 }))
    .filter(({ ms }) => ms > 0)
    .sort((one, other) => other.ms - one.ms);
  return (
    <Card title={t('history.spent')}>
      <Strip spans={spans} />
      <dl className={styles.times}>
        {spans.map(({ name, ms }) => (
          <div key={name}>
            <dt>
              <span aria-hidden className={cx(styles.swatch, styles[name])} />
              {t(`history.states.${name}`)}
            </dt>
            <dd>{duration(ms, language)}</dd>
            {name === 'paused' &&
              reasons.map(({ reason, ms: reasonMs }) => (
                <dd key={reason} className={styles.reason}>
                  <span>{t(`why.pausedBecause.${reason}`)}</span>
                  <span>{duration(reasonMs, language)}</span>
                </dd>
              ))}
          </div>
        ))}
      </dl>
      {reasons.length > 1 && <p className={styles.quiet}>{t('history.pausedReasons')}</p>}
    </Card>
  );
}

interface StripProps {
  readonly spans: readonly { readonly name: keyof typeof parts; readonly ms: number }[];
}

/** The parts side by side; the list below says the same. Attributes of a drawing need no inline style. */
function Strip({ spans }: StripProps) {
  const all = spans.reduce((sum, { ms }) => sum + ms, 0);
  const bars = spans.map(({ name, ms }, index) => ({
    name,
    width: all > 0 ? (ms / all) * 100 : 0,
    x: spans.slice(0, index).reduce((sum, before) => sum + (before.ms / (all || 1)) * 100, 0),
  }));
  return (
    <svg className={styles.strip} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
      {bars.map(({ name, x, width }) => (
        <rect key={name} className={styles[name]} x={x} y={0} width={width} height={1} />
      ))}
    </svg>
  );
}
