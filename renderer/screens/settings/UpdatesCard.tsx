import { useEffect, useState } from 'react';
import type { UpdateReport, UpdateState } from '../../../electron/contract/release.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Settings.module.css';
import { DownloadPage, NewerFile } from './NewerFile.tsx';

/** Looking for newer versions: off unless switched on here. */
export function UpdatesCard() {
  const { t } = useText();
  const { look } = useReady().settings.updates;
  const update = useApp((state) => state.update);
  const ask = useApp((state) => state.ask);
  const [report, setReport] = useState<UpdateReport | null>(null);
  const [isLooking, setIsLooking] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    void ask((bridge) => bridge.release.updates()).then((answer) => {
      if (isCurrent) setReport(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [look, ask]);

  async function lookNow() {
    setIsLooking(true);
    setReport(await ask((bridge) => bridge.release.lookNow()));
    setIsLooking(false);
  }

  return (
    <Card title={t('settings.updates')}>
      <SwitchRow
        label={t('settings.updatesLook')}
        hint={t('settings.updatesHint', { host: report?.host ?? '…' })}
        checked={look}
        onChange={(on) => void update({ updates: { look: on } })}
      />
      {look && report !== null && (
        <>
          <Known report={report} onReport={setReport} />
          {report.update.state !== 'unavailable' && (
            <div>
              <Button disabled={isLooking} onClick={() => void lookNow()}>
                {t('settings.updatesNow')}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

interface KnownProps {
  readonly report: UpdateReport;
  readonly onReport: (report: UpdateReport | null) => void;
}

function Known({ report, onReport }: KnownProps) {
  const { t, sentence, language } = useText();
  const { update } = report;
  switch (update.state) {
    case 'off':
      return null;
    case 'unavailable':
    case 'failed':
      return <Notice tone="caution">{sentence(update.problem)}</Notice>;
    case 'known':
      return (
        <>
          {update.newer === null ? (
            <p className={styles.quiet}>
              {t('settings.updatesNewest', {
                date: new Intl.DateTimeFormat(language, {
                  dateStyle: 'medium',
                  timeStyle: 'short',
                }).format(update.lookedAtMs),
              })}
            </p>
          ) : (
            <Newer version={update.newer} report={report} onReport={onReport} />
          )}
          <Stale update={update} />
        </>
      );
  }
}

function Newer({ version, report, onReport }: KnownProps & { readonly version: string }) {
  const { t } = useText();
  const { way, file } = report;
  const command = t('settings.updatesCommand');
  if (way === 'apt') {
    return (
      <Notice
        tone="info"
        actions={<CopyButton label={t('control.copyCommand')} text={() => command} />}
      >
        {t('settings.updatesApt', { version })} <code>{command}</code>
      </Notice>
    );
  }
  if (way === 'page' || file.state === 'none') {
    return (
      <Notice tone="info" actions={<DownloadPage />}>
        {t('settings.updatesPage', { version })}
      </Notice>
    );
  }
  return <NewerFile version={version} way={way} file={file} onReport={onReport} />;
}

function Stale({ update }: { readonly update: Extract<UpdateState, { state: 'known' }> }) {
  const { t } = useText();
  if (update.staleDays === null) return null;
  return (
    <Notice tone="caution" actions={<DownloadPage />}>
      {t('settings.updatesStale', { count: update.staleDays })}
    </Notice>
  );
}
