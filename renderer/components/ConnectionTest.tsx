import { useState } from 'react';
import type { PoolTestReport } from '../../electron/contract/ipc.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import type { PoolSettings, TlsSettings } from '../../electron/contract/settings.ts';
import { useApp } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import styles from './ConnectionTest.module.css';
import { Notice } from './Notice.tsx';

interface ConnectionTestProps {
  /** The pool as it stands in the form; null when the form is not ready (and says why itself). */
  readonly pool: () => Promise<PoolSettings | null>;
  /** Wallet address to log in with; empty where none is needed. */
  readonly address: string;
  /** Of the pool, where there are several. */
  readonly name?: string;
  /** Takes over the TLS that works, or the certificate that the user trusts; it is tested again at once. */
  readonly onTls: (tls: TlsSettings) => void;
}

type Test =
  | { readonly state: 'idle' | 'running' }
  | { readonly state: 'done'; readonly tested: PoolSettings; readonly report: PoolTestReport }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Logs in to a pool, takes one job, and tells in words what happened. */
export function ConnectionTest({ pool, address, name, onTls }: ConnectionTestProps) {
  const { t, sentence } = useText();
  const call = useApp((state) => state.call);
  const [test, setTest] = useState<Test>({ state: 'idle' });

  async function run(chosen: PoolSettings | null) {
    if (chosen === null) {
      setTest({ state: 'idle' });
      return;
    }
    const result = await call((bridge) => bridge.pool.test({ pool: chosen, address }));
    setTest(
      result.ok
        ? { state: 'done', tested: chosen, report: result.value }
        : { state: 'failed', problem: result.error },
    );
  }

  async function begin() {
    setTest({ state: 'running' });
    await run(await pool());
  }

  async function takeOver(tested: PoolSettings, tls: TlsSettings) {
    setTest({ state: 'running' });
    onTls(tls);
    await run({ ...tested, tls });
  }

  const running = test.state === 'running';
  return (
    <div className={styles.test}>
      <Button onClick={() => void begin()} disabled={running}>
        {running ? t('pool.testing') : t('pool.test')}{' '}
        {name !== undefined && <span className="visually-hidden">{name}</span>}
      </Button>
      <div role="status" className={styles.result}>
        {test.state === 'failed' && <Notice tone="danger">{sentence(test.problem)}</Notice>}
        {test.state === 'done' && (
          <Report
            report={test.report}
            isTrusted={test.tested.tls.use === 'pinned'}
            onTls={(tls) => void takeOver(test.tested, tls)}
          />
        )}
      </div>
    </div>
  );
}

interface ReportProps {
  readonly report: PoolTestReport;
  readonly isTrusted: boolean;
  readonly onTls: (tls: TlsSettings) => void;
}

function Report({ report, isTrusted, onTls }: ReportProps) {
  const { t, sentence } = useText();
  if (report.result === 'usable') {
    return (
      <Notice tone="good" title={t('pool.testOk')}>
        <p>
          {t('pool.testJob', { ms: Math.round(report.latencyMs) })}
          {isTrusted && ` ${t('pool.trusted')}`}
        </p>
        {report.warnings.map((warning) => (
          <p key={warning.code}>{sentence(warning)}</p>
        ))}
      </Notice>
    );
  }
  const { problem, remedy } = report;
  return (
    <Notice
      tone="danger"
      title={t('pool.testFailed')}
      actions={
        remedy && <Button onClick={() => onTls(remedy)}>{t(`pool.remedy.${remedy.use}`)}</Button>
      }
    >
      <p>{sentence(problem)}</p>
      {remedy?.use === 'pinned' && (
        <p>{t('pool.fingerprint', { fingerprint: remedy.fingerprint })}</p>
      )}
    </Notice>
  );
}
