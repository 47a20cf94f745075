import Gauge from 'lucide-react/icons/gauge';
import Info from 'lucide-react/icons/info';
import HistoryIcon from 'lucide-react/icons/history';
import ScrollText from 'lucide-react/icons/scroll-text';
import Server from 'lucide-react/icons/server';
import Settings from 'lucide-react/icons/settings';
import Stethoscope from 'lucide-react/icons/stethoscope';
import type { LucideIcon } from 'lucide-react';
import { screens, type Screen } from '../store/navigation.ts';
import { useApp } from '../store/StoreContext.tsx';
import { MenuItem } from '../components/MenuItem.tsx';
import { Commands } from './commands/Commands.tsx';
import { Mark } from './Mark.tsx';
import styles from './Sidebar.module.css';
import { useText } from '../text.ts';

const icons: Record<Screen, LucideIcon> = {
  dashboard: Gauge,
  history: HistoryIcon,
  pools: Server,
  settings: Settings,
  logs: ScrollText,
  health: Stethoscope,
  about: Info,
};

/** Icons with names; on narrow windows the names go to the tooltip, and stay for screen readers. */
export function Sidebar() {
  const { t } = useText();
  const current = useApp((state) => state.screen);
  const show = useApp((state) => state.show);
  return (
    <header className={styles.sidebar}>
      <div className={styles.brand}>
        <Mark />
        <span className={styles.name}>{t('app.name')}</span>
      </div>
      <nav aria-label={t('nav.label')}>
        <ul className={styles.list}>
          {screens.map((screen) => {
            const Icon = icons[screen];
            return (
              <li key={screen}>
                <MenuItem
                  title={t(`nav.${screen}`)}
                  aria-current={screen === current ? 'page' : undefined}
                  onClick={() => show(screen)}
                >
                  <Icon aria-hidden />
                  <span className={styles.label}>{t(`nav.${screen}`)}</span>
                </MenuItem>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className={styles.commands}>
        <Commands />
      </div>
    </header>
  );
}
