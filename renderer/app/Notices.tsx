import { useEffect, useState } from 'react';
import { shortAddress } from '../components/AddressBlocks.tsx';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { duration } from '../../electron/contract/text/time.ts';
import { nowMs } from '../store/pageClock.ts';
import { useApp, useOfSnapshot, useReady } from '../store/StoreContext.tsx';
import { useNow } from '../store/useNow.ts';
import styles from './Notices.module.css';
import { useText } from '../text.ts';

/** A window that is looked at is told something every ten seconds or so, even when nothing has changed. */
const SILENT_AFTER_MS = 20_000;

/** What must not scroll out of sight: it stays with the status bar. */
export function UrgentNotices() {
  return (
    <div className={styles.notices}>
      <Silent />
      <AddressChanged />
      <ProblemNotice />
      <FullPowerTrial />
    </div>
  );
}

/** What the user should know whatever screen is open. */
export function StandingNotices() {
  return (
    <div className={styles.notices}>
      <StartNotice />
      <PracticeBanner />
    </div>
  );
}

function Silent() {
  const receivedAtMs = useApp((state) => state.snapshotReceivedAtMs);
  const [visibleSinceMs, setVisibleSinceMs] = useState(0);
  useEffect(() => {
    const seen = () => !document.hidden && setVisibleSinceMs(nowMs());
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  const sinceMs = Math.max(receivedAtMs, visibleSinceMs);
  const [silentSinceMs, setSilentSinceMs] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      if (nowMs() - sinceMs >= SILENT_AFTER_MS) setSilentSinceMs(sinceMs);
    }, SILENT_AFTER_MS / 4);
    return () => clearInterval(timer);
  }, [sinceMs]);
  return silentSinceMs === sinceMs ? <SilentSince receivedAtMs={receivedAtMs} /> : null;
}

function SilentSince({ receivedAtMs }: { readonly receivedAtMs: number }) {
  const { t, language } = useText();
  const now = useNow();
  return (
    <Notice tone="danger" title={t('app.silentTitle')} alert>
      {t('app.silent', { ago: duration(now - receivedAtMs, language) })}
    </Notice>
  );
}

function AddressChanged() {
  const { t } = useText();
  const alert = useApp((state) => state.addressAlert);
  const confirm = useApp((state) => state.confirmAddress);
  if (!alert) return null;
  const { confirmed, found } = alert;
  const shown = (address: string | null) =>
    address === null ? t('app.addressNone') : shortAddress(address);
  return (
    <Notice
      tone="danger"
      alert
      actions={
        <>
          <Button variant="ghost" onClick={() => void confirm(found)}>
            {t('app.addressUse')}
          </Button>
          <Button variant="primary" onClick={() => void confirm(confirmed)}>
            {t('app.addressKeep')}
          </Button>
        </>
      }
    >
      {t('app.addressChanged', { found: shown(found), confirmed: shown(confirmed) })}
    </Notice>
  );
}

function ProblemNotice() {
  const { t, sentence } = useText();
  const problem = useApp((state) => state.problem);
  const dismiss = useApp((state) => state.dismissProblem);
  if (!problem) return null;
  return (
    <Notice
      tone="danger"
      alert
      actions={
        <Button variant="ghost" onClick={dismiss}>
          {t('app.dismiss')}
        </Button>
      }
    >
      {sentence(problem)}
    </Notice>
  );
}

/** Told once after start: a damaged settings file was set aside, say. */
function StartNotice() {
  const { t, sentence } = useText();
  const { info } = useReady();
  const dismiss = useApp((state) => state.dismissNotice);
  if (!info.notice) return null;
  return (
    <Notice
      tone="caution"
      actions={
        <Button variant="ghost" onClick={dismiss}>
          {t('app.dismiss')}
        </Button>
      }
    >
      {sentence(info.notice)}
    </Notice>
  );
}

function FullPowerTrial() {
  const { t } = useText();
  const trial = useApp((state) => state.fullPowerTrial);
  const keep = useApp((state) => state.keepFullPower);
  const revert = useApp((state) => state.revertFullPower);
  if (!trial) return null;
  return (
    <Notice
      tone="caution"
      alert={trial.endsAtMs === null}
      actions={
        <>
          <Button variant="ghost" onClick={() => void revert()}>
            {t('power.revert')}
          </Button>
          <Button variant="primary" onClick={() => void keep()}>
            {t('power.keep')}
          </Button>
        </>
      }
    >
      {trial.endsAtMs === null ? t('power.trialWaiting') : <TrialLeft endsAtMs={trial.endsAtMs} />}
    </Notice>
  );
}

/** Counted for the eye; spoken once, as one who hears it would be told another number every second. */
function TrialLeft({ endsAtMs }: { readonly endsAtMs: number }) {
  const { t } = useText();
  const now = useNow();
  const seconds = Math.max(0, Math.floor((endsAtMs - now) / 1000));
  const [spokenSeconds] = useState(seconds);
  return (
    <>
      <span aria-hidden>{t('power.trial', { seconds })}</span>
      <span role="alert" className="visually-hidden">
        {t('power.trial', { seconds: spokenSeconds })}
      </span>
    </>
  );
}

function PracticeBanner() {
  const { t } = useText();
  if (useOfSnapshot(({ practice }) => practice) !== true) return null;
  return <Notice tone="caution">{t('app.practiceBanner')}</Notice>;
}
