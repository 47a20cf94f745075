import { Button } from '../components/Button.tsx';
import { useApp, useOfSnapshot } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';

const helps = {
  openPools: { screen: 'pools', label: 'dashboard.openPools' },
  openHealth: { screen: 'health', label: 'dashboard.openHealth' },
  openLogs: { screen: 'logs', label: 'dashboard.openLogs' },
  none: null,
} as const;

/** The way to where the problem that the why line tells is mended; for the large status bar. */
export function Help() {
  const { t } = useText();
  const show = useApp((state) => state.show);
  const help = useOfSnapshot(({ session }) =>
    session.state === 'failed' || session.state === 'waiting' ? session.help : 'none',
  );
  const way = helps[help ?? 'none'];
  return (
    way && (
      <Button size="l" onClick={() => show(way.screen)}>
        {t(way.label)}
      </Button>
    )
  );
}
