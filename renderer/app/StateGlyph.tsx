import CircleDashed from 'lucide-react/icons/circle-dashed';
import Hourglass from 'lucide-react/icons/hourglass';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Pause from 'lucide-react/icons/pause';
import Pickaxe from 'lucide-react/icons/pickaxe';
import Square from 'lucide-react/icons/square';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ComponentType } from 'react';
import type { SessionState } from '../../electron/contract/snapshot.ts';
import { cx } from '../components/cx.ts';
import { useOfSnapshot } from '../store/StoreContext.tsx';
import styles from './StateGlyph.module.css';

type Tone = 'active' | 'busy' | 'still' | 'caution' | 'danger';

interface Glyph {
  readonly icon: ComponentType<{ readonly className?: string }>;
  readonly tone: Tone;
  readonly turns?: boolean;
}

/** Told apart by shape as well as by colour. */
const glyphs: Record<SessionState['state'], Glyph> = {
  needsConsent: { icon: CircleDashed, tone: 'still' },
  stopped: { icon: Square, tone: 'still' },
  connecting: { icon: LoaderCircle, tone: 'busy', turns: true },
  preparing: { icon: FillingRing, tone: 'busy' },
  mining: { icon: Pickaxe, tone: 'active' },
  paused: { icon: Pause, tone: 'caution' },
  waiting: { icon: Hourglass, tone: 'caution' },
  failed: { icon: TriangleAlert, tone: 'danger' },
};

interface StateGlyphProps {
  readonly state: SessionState['state'] | null;
  readonly size?: 'm' | 'l';
}

export function StateGlyph({ state, size = 'm' }: StateGlyphProps) {
  const { icon: Icon, tone, turns } = glyphs[state ?? 'needsConsent'];
  return (
    <span
      className={cx(styles.glyph, styles[tone], size === 'l' && styles.large)}
      data-state={state ?? 'unknown'}
      aria-hidden
    >
      <Icon className={cx(turns && styles.turns)} />
    </span>
  );
}

/** A ring that fills with the dataset. It does not turn: each picture would be drawn at the cost of those who hash. */
function FillingRing() {
  const done = useOfSnapshot(({ session }) =>
    session.state === 'preparing' ? Math.floor(session.progress * 100) : 0,
  );
  return (
    <svg viewBox="0 0 24 24" className={styles.ring}>
      <circle cx="12" cy="12" r="9" />
      <circle cx="12" cy="12" r="9" pathLength="100" strokeDasharray={`${done ?? 0} 100`} />
    </svg>
  );
}
