import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp, useSnapshot } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

const helps = {
  openPools: { screen: 'pools', label: 'dashboard.openPools' },
  openHealth: { screen: 'health', label: 'dashboard.openHealth' },
  openLogs: { screen: 'logs', label: 'dashboard.openLogs' },
  none: null,
} as const;

/** The problem that stands in the way, in words, with the place where it is mended. */
export function Trouble() {
  const { t, sentence } = useText();
  const show = useApp((state) => state.show);
  const session = useSnapshot()?.session;
  if (session?.state !== 'failed' && session?.state !== 'waiting') return null;
  const { help } = session;
  const way = helps[help];
  const action = way && <Button onClick={() => show(way.screen)}>{t(way.label)}</Button>;
  return session.state === 'failed' ? (
    <Notice tone="danger" title={t('state.failed')} actions={action}>
      {sentence(session.problem)}
    </Notice>
  ) : (
    <Notice tone="caution" actions={action}>
      {sentence(session.why)}
    </Notice>
  );
}
