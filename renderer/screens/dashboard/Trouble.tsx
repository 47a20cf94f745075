import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp, useSnapshot } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

/** The problem that stands in the way, in words, with the place where it is mended. */
export function Trouble() {
  const { t, sentence } = useText();
  const show = useApp((state) => state.show);
  const snapshot = useSnapshot();
  const session = snapshot?.session;
  if (session?.state === 'failed') {
    return (
      <Notice
        tone="danger"
        title={t('state.failed')}
        actions={<Button onClick={() => show('health')}>{t('dashboard.openHealth')}</Button>}
      >
        {sentence(session.problem)}
      </Notice>
    );
  }
  if (session?.state === 'waiting') {
    const connected = snapshot?.pool?.link === 'loggedIn';
    return (
      <Notice
        tone="caution"
        title={connected ? undefined : t('dashboard.offlineTitle')}
        actions={<Button onClick={() => show('pools')}>{t('dashboard.openPools')}</Button>}
      >
        {sentence(session.why)}
      </Notice>
    );
  }
  return null;
}
