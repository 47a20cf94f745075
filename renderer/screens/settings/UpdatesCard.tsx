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
          <Known update={report.update} way={report.way} />
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

function Known({ update, way }: Pick<UpdateReport, 'update' | 'way'>) {
  const { t, sentence, language } = useText();
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
            <Newer version={update.newer} way={way} />
          )}
          <Stale update={update} />
        </>
      );
  }
}

function Newer({ version, way }: { readonly version: string; readonly way: UpdateReport['way'] }) {
  const { t } = useText();
  if (way === 'page') {
    return (
      <Notice tone="info" actions={<DownloadPage />}>
        {t('settings.updatesPage', { version })}
      </Notice>
    );
  }
  const command = t('settings.updatesCommand');
  return (
    <Notice
      tone="info"
      actions={<CopyButton label={t('control.copyCommand')} text={() => command} />}
    >
      {t('settings.updatesApt', { version })} <code>{command}</code>
    </Notice>
  );
}

function Stale({ update }: { readonly update: Extract<UpdateState, { state: 'known' }> }) {
  const { t } = useText();
  if (update.staleDays === null) return null;
  return (
    <Notice tone="caution" actions={<DownloadPage />}>
      {t('settings.updatesStale', { days: update.staleDays })}
    </Notice>
  );
}

function DownloadPage() {
  const { t } = useText();
  const run = useApp((state) => state.run);
  return (
    <Button onClick={() => void run((bridge) => bridge.link.open({ id: 'releases' }))}>
      {t('settings.updatesOpen')}
    </Button>
  );
}
