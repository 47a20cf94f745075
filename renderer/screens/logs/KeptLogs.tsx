import { useEffect, useState } from 'react';
import type { LogFolder } from '../../../electron/contract/logLine.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Logs.module.css';

/** Where the log is on disk, and the ways to it. */
export function KeptLogs() {
  const { t, sentence } = useText();
  const ask = useApp((state) => state.ask);
  const run = useApp((state) => state.run);
  const [kept, setKept] = useState<LogFolder | null>(null);
  const [savedAs, setSavedAs] = useState<string | null>(null);

  useEffect(() => {
    void ask((bridge) => bridge.logs.folder()).then(setKept);
  }, [ask]);

  async function save() {
    setSavedAs(null);
    setSavedAs(await ask((bridge) => bridge.logs.export()));
  }

  if (kept === null) return null;
  return (
    <div className={styles.kept}>
      {kept.fault !== null && <Notice tone="caution">{sentence(kept.fault)}</Notice>}
      <p className={styles.lead}>{t('logs.kept', { folder: kept.folder })}</p>
      <div className={styles.buttons}>
        <Button onClick={() => void run((bridge) => bridge.logs.openFolder())}>
          {t('logs.openFolder')}
        </Button>
        <Button onClick={() => void save()}>{t('logs.export')}</Button>
      </div>
      <p role="status" className={styles.lead}>
        {savedAs !== null && t('history.exported', { file: savedAs })}
      </p>
    </div>
  );
}
