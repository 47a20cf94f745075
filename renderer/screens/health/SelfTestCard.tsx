import type { SelfTest } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Notice } from '../../components/Notice.tsx';
import styles from './Health.module.css';
import { useText } from '../../text.ts';
import { useOnDemand } from './useOnDemand.ts';

/** The engine's test, on demand. */
export function SelfTestCard() {
  const { t } = useText();
  const { isRunning, outcome, run } = useOnDemand((bridge) => bridge.health.testEngine());

  return (
    <Card
      title={t('health.selfTest')}
      aside={
        <Button disabled={isRunning} onClick={run}>
          {t(isRunning ? 'health.selfTesting' : 'health.selfTestRun')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('health.selfTestHint')}</p>
      <div role="status">{outcome && <Outcome tested={outcome} />}</div>
    </Card>
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
