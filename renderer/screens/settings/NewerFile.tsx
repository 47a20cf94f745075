import { useEffect } from 'react';
import type { UpdateReport } from '../../../electron/contract/release.ts';
import { fileSize } from '../../../electron/contract/text/numbers.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

const PROGRESS_EVERY_MS = 500;

interface NewerFileProps {
  readonly version: string;
  readonly way: Extract<UpdateReport['way'], 'replace' | 'open'>;
  readonly file: Exclude<UpdateReport['file'], { state: 'none' }>;
  readonly onReport: (report: UpdateReport | null) => void;
}

/** A newer version on its way: offered, fetched, put in place, each at the user's word. */
export function NewerFile({ version, way, file, onReport }: NewerFileProps) {
  const { t, sentence, language } = useText();
  const ask = useApp((state) => state.ask);
  const run = useApp((state) => state.run);
  const isRunning = file.state === 'running';

  useEffect(() => {
    if (!isRunning) return;
    const look = () => void ask((bridge) => bridge.release.updates()).then(onReport);
    const timer = setInterval(look, PROGRESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning, ask, onReport]);

  function download() {
    void ask((bridge) => bridge.release.download()).then(onReport);
    void ask((bridge) => bridge.release.updates()).then(onReport);
  }

  switch (file.state) {
    case 'offered': {
      const size = fileSize(file.totalBytes, language);
      return (
        <Notice
          tone="info"
          actions={<Button onClick={download}>{t('settings.updatesDownload', { size })}</Button>}
        >
          {t('settings.updatesPage', { version })}
        </Notice>
      );
    }
    case 'running': {
      const size = fileSize(file.totalBytes, language);
      const done = fileSize(file.bytes, language);
      const stop = () => void run((bridge) => bridge.release.stopDownload());
      return (
        <Notice tone="info" actions={<Button onClick={stop}>{t('settings.updatesStop')}</Button>}>
          {t('settings.updatesRunning', { version, done, size })}
        </Notice>
      );
    }
    case 'ready': {
      const isReplacing = way === 'replace';
      const install = () =>
        void run((bridge) => bridge.release.install())
          .then(() => ask((bridge) => bridge.release.updates()))
          .then(onReport);
      return (
        <Notice
          tone="good"
          actions={
            <Button variant="primary" onClick={install}>
              {t(isReplacing ? 'settings.updatesReplaceNow' : 'settings.updatesInstallerNow')}
            </Button>
          }
        >
          {t(isReplacing ? 'settings.updatesReplace' : 'settings.updatesInstaller', { version })}
        </Notice>
      );
    }
    case 'failed':
      return (
        <Notice
          tone="caution"
          actions={
            <>
              <Button onClick={download}>{t('settings.updatesAgain')}</Button>
              <DownloadPage />
            </>
          }
        >
          {sentence(file.problem)}
        </Notice>
      );
  }
}

export function DownloadPage() {
  const { t } = useText();
  const run = useApp((state) => state.run);
  return (
    <Button onClick={() => void run((bridge) => bridge.link.open({ id: 'releases' }))}>
      {t('settings.updatesOpen')}
    </Button>
  );
}
