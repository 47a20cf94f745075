import type { SelfTest } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { Notice } from '../../components/Notice.tsx';
import { useText } from '../../text.ts';
import { OnDemandCard } from './OnDemandCard.tsx';

/** The engine's test, on demand. */
export function SelfTestCard() {
  const { t } = useText();
  return (
    <OnDemandCard
      name="selfTest"
      title={t('health.selfTest')}
      hint={t('health.selfTestHint')}
      begin={t('health.selfTestRun')}
      running={t('health.selfTesting')}
      isShort
    >
      {(tested) => <Outcome tested={tested} />}
    </OnDemandCard>
  );
}

function Outcome({ tested }: { readonly tested: Result<SelfTest> }) {
  const { t, sentence, language } = useText();
  if (!tested.ok) return <Notice tone="danger">{sentence(tested.error)}</Notice>;
  const { hashes, wrong, durationMs } = tested.value;
  if (wrong.length > 0) {
    const ways = new Intl.ListFormat(language).format(wrong);
    return <Notice tone="danger">{t('health.selfTestWrong', { ways })}</Notice>;
  }
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <Notice tone="good">
      {t('health.selfTestRight', { hashes, seconds: seconds.format(durationMs / 1000) })}
    </Notice>
  );
}
