import { useEffect, useRef, type ComponentType } from 'react';
import { cx } from '../components/cx.ts';
import { About } from '../screens/about/About.tsx';
import { Dashboard, DashboardDetails } from '../screens/dashboard/Dashboard.tsx';
import { Health } from '../screens/health/Health.tsx';
import { History } from '../screens/history/History.tsx';
import { Logs } from '../screens/logs/Logs.tsx';
import { Pools } from '../screens/pools/Pools.tsx';
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx';
import type { Screen } from '../store/navigation.ts';
import { useApp } from '../store/StoreContext.tsx';
import { StandingNotices, UrgentNotices } from './Notices.tsx';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Tour } from './Tour.tsx';
import { useText } from '../text.ts';

const screenComponents: Record<Screen, ComponentType> = {
  dashboard: Dashboard,
  history: History,
  pools: Pools,
  settings: SettingsScreen,
  logs: Logs,
  health: Health,
  about: About,
};

const wideScreens: ReadonlySet<Screen> = new Set(['dashboard', 'history', 'logs']);

/** Sidebar, status and one screen. The status with its why line and Stop is there on every screen. */
export function Shell() {
  const { t } = useText();
  const screen = useApp((state) => state.screen);
  const { section, isAskedFor } = useApp((state) => state.settingsAt);
  const content = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const Current = screenComponents[screen];
  const onDashboard = screen === 'dashboard';

  useEffect(() => {
    document.title = t('app.title', { screen: t(`nav.${screen}`) });
  }, [screen, t]);

  useEffect(() => {
    if (content.current) content.current.scrollTop = 0;
  }, [screen, section]);

  const leadsToSection = screen === 'settings' && isAskedFor;
  const shown = useRef<typeof screen | null>(null);
  useEffect(() => {
    const isAnother = shown.current !== screen;
    shown.current = screen;
    if (isAnother && !leadsToSection) heading.current?.focus({ preventScroll: true });
  }, [screen, leadsToSection]);

  /* The dashboard's state is its title for those who see it. */
  const title = (
    <h1
      key={screen}
      ref={heading}
      tabIndex={-1}
      className={cx(styles.title, onDashboard && 'visually-hidden')}
    >
      {t(`nav.${screen}`)}
    </h1>
  );

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('app.skipToContent')}
      </a>
      <Sidebar />
      <main id="content" ref={content} className={styles.content} tabIndex={-1}>
        <div className={cx(styles.column, wideScreens.has(screen) && styles.wide)}>
          <div className={cx(styles.stack, onDashboard && styles.firstSight)}>
            {onDashboard && title}
            <div className={cx(styles.top, onDashboard && styles.topProminent)}>
              <StatusBar prominent={onDashboard} />
              <UrgentNotices />
            </div>
            {!onDashboard && title}
            <StandingNotices />
            <Current />
          </div>
          {onDashboard && <DashboardDetails />}
          <Tour />
        </div>
      </main>
    </div>
  );
}
