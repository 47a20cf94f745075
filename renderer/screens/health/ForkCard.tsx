import type { ForkRehearsal } from '../../../electron/contract/health.ts';
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

function Outcome({ rehearsed }: { readonly rehearsed: Result<ForkRehearsal> }) {
  const { t, sentence, language } = useText();
  if (!rehearsed.ok) return <Notice tone="caution">{sentence(rehearsed.error)}</Notice>;
  const { hashesPerSecond, shares, standstillMs, isMemoryKept } = rehearsed.value;
  const isReady = isMemoryKept && shares.after > 0 && shares.refused === 0;
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <Notice tone={isReady ? 'good' : 'danger'}>
      {t(isReady ? 'health.forkReady' : 'health.forkNotReady')} {t('health.forkShares', shares)}{' '}
      {t(isMemoryKept ? 'health.forkKept' : 'health.forkRebuilt', {
        seconds: seconds.format(standstillMs / 1000),
      })}{' '}
      {t('health.forkRates', {
        before: hashrateText(hashesPerSecond.before, language),
        after: hashrateText(hashesPerSecond.after, language),
      })}
    </Notice>
  );
}
