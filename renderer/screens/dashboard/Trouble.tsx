import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp, useSnapshot } from '../../store/StoreContext.tsx';

/** The problem that stands in the way, in words, with the place where it is mended. */
export function Trouble() {
  const { t } = useTranslation();
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
        {session.problem.message}
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
        {session.why.message}
      </Notice>
    );
  }
  return null;
}
