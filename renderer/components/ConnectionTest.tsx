import { useState } from 'react';
import type { PoolTestReport } from '../../electron/contract/ipc.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import type { PoolSettings } from '../../electron/contract/settings.ts';
import { useApp } from '../store/StoreContext.tsx';
import { Button } from './Button.tsx';
import styles from './ConnectionTest.module.css';
import { Notice } from './Notice.tsx';
import { useText } from '../text.ts';

interface ConnectionTestProps {
  /** The pool as it stands in the form; null when the form is not ready (and says why itself). */
  readonly pool: () => Promise<PoolSettings | null>;
  /** Wallet address to log in with; empty where none is needed. */
  readonly address: string;
  readonly label?: string;
  readonly onTrust?: (fingerprint: string) => void;
}

type Test =
  | { readonly state: 'idle' | 'running' }
  | { readonly state: 'done'; readonly report: PoolTestReport }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Logs in to a pool, takes one job, and tells in words what happened. */
export function ConnectionTest({ pool, address, label, onTrust }: ConnectionTestProps) {
  const { t, sentence } = useText();
  const call = useApp((state) => state.call);
  const [test, setTest] = useState<Test>({ state: 'idle' });

  async function run() {
    setTest({ state: 'running' });
    const chosen = await pool();
    if (!chosen) {
      setTest({ state: 'idle' });
      return;
    }
    const result = await call((bridge) => bridge.pool.test({ pool: chosen, address }));
    setTest(
      result.ok
        ? { state: 'done', report: result.value }
        : { state: 'failed', problem: result.error },
    );
  }

  const running = test.state === 'running';
  return (
    <div className={styles.test}>
      <Button
        onClick={() => void run()}
        disabled={running}
        {...(label && !running && { 'aria-label': label })}
      >
        {running ? t('pool.testing') : t('pool.test')}
      </Button>
      <div role="status" className={styles.result}>
        {test.state === 'failed' && <Notice tone="danger">{sentence(test.problem)}</Notice>}
        {test.state === 'done' && <Report report={test.report} onTrust={onTrust} />}
      </div>
    </div>
  );
}

interface ReportProps {
  readonly report: PoolTestReport;
  readonly onTrust: ((fingerprint: string) => void) | undefined;
}

function Report({ report, onTrust }: ReportProps) {
  const { t } = useText();
  const { usable, message, pingMs, tlsFingerprint } = report;
  return (
    <Notice
      tone={usable ? 'good' : 'danger'}
      title={usable ? t('pool.testOk') : t('pool.testFailed')}
      actions={
        !usable &&
        tlsFingerprint !== null &&
        onTrust && <Button onClick={() => onTrust(tlsFingerprint)}>{t('pool.trust')}</Button>
      }
    >
      <p>
        {message} {pingMs !== null && t('pool.ping', { ms: Math.round(pingMs) })}
      </p>
      {!usable && tlsFingerprint !== null && (
        <p>{t('pool.fingerprint', { fingerprint: tlsFingerprint })}</p>
      )}
    </Notice>
  );
}
