import type { SessionState } from '../../electron/contract/snapshot.ts';
import { whyLine } from '../../electron/contract/text/why.ts';
import { Badge } from '../components/Badge.tsx';
import { cx } from '../components/cx.ts';
import { StateGlyph } from './StateGlyph.tsx';
import { useOfSnapshot } from '../store/StoreContext.tsx';
import { Help } from './Help.tsx';
import { MiningControls } from './MiningControls.tsx';
import styles from './StatusBar.module.css';
import { useText } from '../text.ts';

/** The state, why it is so, and the buttons that change it: on every screen, large on the dashboard. */
export function StatusBar({ prominent }: { readonly prominent: boolean }) {
  const text = useText();
  const { t } = text;
  const state = useOfSnapshot(({ session }) => session.state) ?? null;
  const key = useOfSnapshot(({ session }) => keyOf(session)) ?? 'unknown';
  const practice = useOfSnapshot((snapshot) => snapshot.practice) === true;
  const why = useOfSnapshot((snapshot) => whyLine(text, snapshot));
  return (
    <section
      className={cx(styles.bar, prominent && styles.prominent)}
      aria-label={t('state.label')}
      data-tour="state"
    >
      <StateGlyph state={state} size={prominent ? 'l' : 'm'} />
      <div className={styles.text}>
        <div className={styles.title}>
          {/* Spoken when the state changes; the why line may count seconds and is not. */}
          <span role="status" className={styles.state}>
            {t(`state.${key}`)}
          </span>
          {practice && <Badge tone="caution">{t('app.practice')}</Badge>}
        </div>
        <p className={styles.why} data-testid="why">
          {why}
        </p>
      </div>
      <div className={styles.actions}>
        {prominent && <Help />}
        <MiningControls large={prominent} />
      </div>
    </section>
  );
}

function keyOf(session: SessionState) {
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
