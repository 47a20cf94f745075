import type { PagesGain } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { Notice } from '../../components/Notice.tsx';
import { useText } from '../../text.ts';
import { OnDemandCard } from './OnDemandCard.tsx';

/** A smaller difference comes from one turn to the next by itself. */
const WORTH_TELLING = 0.01;

/** What huge pages bring on this computer, measured on demand. */
export function PagesGainCard() {
  const { t } = useText();
  return (
    <OnDemandCard
      name="pagesGain"
      title={t('health.pagesGain')}
      hint={t('health.pagesGainHint')}
      begin={t('health.pagesGainRun')}
      running={t('health.pagesGainMeasuring')}
    >
      {(measured) => <Outcome measured={measured} />}
    </OnDemandCard>
  );
}

function Outcome({ measured }: { readonly measured: Result<PagesGain> }) {
  const { t, sentence, language } = useText();
  if (!measured.ok) return <Notice tone="caution">{sentence(measured.error)}</Notice>;
  const { pages, threads, hugeHashesPerSecond, smallHashesPerSecond } = measured.value;
  if (pages === '4k' || pages === 'none') {
    return <Notice tone="caution">{t('health.pagesGainNone')}</Notice>;
  }
  const gain = hugeHashesPerSecond / smallHashesPerSecond - 1;
  const values = {
    gain,
    huge: hashrateText(hugeHashesPerSecond, language),
    small: hashrateText(smallHashesPerSecond, language),
  };
  return (
    <Notice tone={gain >= WORTH_TELLING ? 'good' : 'info'}>
      {gain >= WORTH_TELLING
        ? t('health.pagesGainFaster', values)
        : t('health.pagesGainAlike', values)}{' '}
      {t('health.pagesGainOf', { count: threads, pages })}
    </Notice>
  );
}
