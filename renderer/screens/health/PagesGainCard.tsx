import type { PagesGain } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import styles from './Health.module.css';
import { useText } from '../../text.ts';
import { useOnDemand } from './useOnDemand.ts';

/** A smaller difference comes from one turn to the next by itself. */
const WORTH_TELLING = 0.01;

/** What huge pages bring on this computer, measured on demand. */
export function PagesGainCard() {
  const { t } = useText();
  const command = useApp((state) => state.run);
  const { isRunning, outcome, run } = useOnDemand((bridge) => bridge.health.measurePages());

  return (
    <Card
      title={t('health.pagesGain')}
      aside={
        isRunning ? (
          <Button onClick={() => void command((bridge) => bridge.tuning.cancel())}>
            {t('control.cancel')}
          </Button>
        ) : (
          <Button onClick={run}>{t('health.pagesGainRun')}</Button>
        )
      }
    >
      <p className={styles.lead}>{t('health.pagesGainHint')}</p>
      <div role="status">
        {isRunning && t('health.pagesGainMeasuring')}
        {outcome && <Outcome measured={outcome} />}
      </div>
    </Card>
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
