import type { KeptForkRehearsal } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { Notice } from '../../components/Notice.tsx';
import { useText } from '../../text.ts';
import { OnDemandCard } from './OnDemandCard.tsx';

/** Whether this computer mines over the next fork of Monero, tried on demand. */
export function ForkCard() {
  const { t } = useText();
  return (
    <OnDemandCard
      name="forkRehearsal"
      title={t('health.fork')}
      hint={t('health.forkHint')}
      begin={t('health.forkRun')}
      running={t('health.forkRunning')}
    >
      {(rehearsed) => <Outcome rehearsed={rehearsed} />}
    </OnDemandCard>
  );
}

const verdicts = {
  ready: { tone: 'good', verdict: 'health.forkReady' },
  notReady: { tone: 'danger', verdict: 'health.forkNotReady' },
  unproven: { tone: 'caution', verdict: 'health.forkUnproven' },
} as const;

function Outcome({ rehearsed }: { readonly rehearsed: Result<KeptForkRehearsal> }) {
  const { t, sentence, language } = useText();
  if (!rehearsed.ok) return <Notice tone="caution">{sentence(rehearsed.error)}</Notice>;
  const { mode, hashesPerSecond, shares, standstillMs, isMemoryKept, readiness, rehearsedAtMs } =
    rehearsed.value;
  const { tone, verdict } = verdicts[readiness];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <Notice tone={tone}>
      {t(verdict)} {t('health.forkShares', shares)}{' '}
      {t(isMemoryKept ? 'health.forkKept' : 'health.forkRebuilt', {
        seconds: seconds.format(standstillMs / 1000),
      })}{' '}
      {t('health.forkRates', {
        before: hashrateText(hashesPerSecond.before, language),
        after: hashrateText(hashesPerSecond.after, language),
      })}{' '}
      {t('health.forkAt', { date: day.format(rehearsedAtMs), mode: t(`tuning.${mode}`) })}
    </Notice>
  );
}
