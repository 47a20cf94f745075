import type { SessionState } from '../../electron/contract/snapshot.ts';
import { whyLine } from '../../electron/contract/text/why.ts';
import { Badge } from '../components/Badge.tsx';
import { cx } from '../components/cx.ts';
import { StateGlyph } from './StateGlyph.tsx';
import { useSnapshot } from '../store/StoreContext.tsx';
import { Help } from './Help.tsx';
import { MiningControls } from './MiningControls.tsx';
import styles from './StatusBar.module.css';
import { useText } from '../text.ts';

/** The state, why it is so, and the buttons that change it: on every screen, large on the dashboard. */
export function StatusBar({ prominent }: { readonly prominent: boolean }) {
  const text = useText();
  const { t } = text;
  const snapshot = useSnapshot();
  const title = t(`state.${stateKey(snapshot?.session)}`);
  return (
    <section
      className={cx(styles.bar, prominent && styles.prominent)}
      aria-label={t('state.label')}
      data-tour="state"
    >
      <StateGlyph state={snapshot?.session.state ?? null} size={prominent ? 'l' : 'm'} />
      <div className={styles.text}>
        <div className={styles.title}>
          {/* Spoken when the state changes; the why line may count seconds and is not. */}
          <span role="status" className={styles.state}>
            {title}
          </span>
          {snapshot?.practice === true && <Badge tone="caution">{t('app.practice')}</Badge>}
        </div>
        <p className={styles.why} data-testid="why">
          {snapshot && whyLine(text, snapshot)}
        </p>
      </div>
      <div className={styles.actions}>
        {prominent && <Help />}
        <MiningControls large={prominent} />
      </div>
    </section>
  );
}

function stateKey(session: SessionState | undefined) {
  if (session === undefined) return 'unknown';
  switch (session.state) {
    case 'preparing':
      return session.hashingInLightMode ? 'preparingLight' : 'preparing';
    case 'mining':
    case 'needsConsent':
    case 'stopped':
    case 'connecting':
    case 'paused':
    case 'waiting':
    case 'failed':
      return session.state;
  }
}
