import { CSPProvider } from '@base-ui/react/csp-provider';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { useEffect, useState } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { Bridge } from '../bridge.ts';
import { Button } from '../components/Button.tsx';
import { Wizard } from '../screens/wizard/Wizard.tsx';
import { createAppStore } from '../store/appStore.ts';
import { readinessOf } from '../store/readiness.ts';
import { StoreContext, useApp } from '../store/StoreContext.tsx';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import styles from './App.module.css';
import { CloseDialog } from './CloseDialog.tsx';
import { Shell } from './Shell.tsx';
import { Speaking } from './Speaking.tsx';
import { useText } from '../text.ts';

/** The whole window. `bridge` is missing when the page is opened outside the app. */
export function App({ bridge }: { readonly bridge: Bridge | undefined }) {
  return (
    // The content security policy allows no inline <style>.
    <CSPProvider disableStyleElements>
      {bridge ? (
        <Connected bridge={bridge} />
      ) : (
        <Speaking language="system">
          <NoBridge />
        </Speaking>
      )}
    </CSPProvider>
  );
}

function Connected({ bridge }: { readonly bridge: Bridge }) {
  const [store] = useState(() => createAppStore(bridge));
  useEffect(() => void store.getState().load(), [store]);
  return (
    <StoreContext value={store}>
      <Spoken />
    </StoreContext>
  );
}

function Spoken() {
  const status = useApp((state) => state.status);
  const known = status.phase === 'ready' ? status : null;
  return (
    <Speaking
      language={known?.settings.appearance.language ?? 'system'}
      system={known?.info.systemLanguages}
    >
      <Content />
      <CloseDialog />
    </Speaking>
  );
}

function Content() {
  const { t, sentence } = useText();
  const status = useApp((state) => state.status);
  const load = useApp((state) => state.load);

  const theme = status.phase === 'ready' ? status.settings.appearance.theme : 'system';
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  switch (status.phase) {
    case 'loading':
      return (
        <main className={styles.centred} aria-busy>
          <LoaderCircle aria-hidden className={styles.spinner} />
          <h1>{t('app.name')}</h1>
          <p role="status">{t('app.loading')}</p>
        </main>
      );
    case 'failed':
      return (
        <main className={styles.centred}>
          <h1>{t('app.failedTitle')}</h1>
          <p role="alert">{sentence(status.problem)}</p>
          <Button variant="primary" onClick={() => void load()}>
            {t('app.retry')}
          </Button>
        </main>
      );
    case 'ready': {
      const readiness = readinessOf(status.settings, status.info.consentVersion);
      return readiness === 'ready' ? <Shell /> : <Wizard consentOnly={readiness === 'consent'} />;
    }
  }
}

function NoBridge() {
  const { t } = useText();
  return (
    <main className={styles.centred}>
      <h1>{t('app.noBridgeTitle')}</h1>
      <p>{t('app.noBridge')}</p>
    </main>
  );
}
