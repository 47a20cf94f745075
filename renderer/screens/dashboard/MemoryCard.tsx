import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { Card } from '../../components/Card.tsx';
import { Line, Lines } from '../../components/Figure.tsx';
import { usePart } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

type Engine = NonNullable<Snapshot['engine']>;
const regions = ['dataset', 'cache', 'scratchpads'] as const;

/** Which pages each region of memory got, and what that means for the speed. */
export function MemoryCard() {
  const { t } = useText();
  const engine = usePart('engine');
  return (
    <Card title={t('dashboard.engine')}>
      {engine && engine.mode !== 'none' ? (
        <>
          <Lines>
            <Line name={t('dashboard.mode')}>{t(`dashboard.modes.${engine.mode}`)}</Line>
            {regions.map((region) => (
              <Line key={region} name={t(`dashboard.region.${region}`)}>
                {t(`dashboard.page.${engine.pages[region]}`)}
              </Line>
            ))}
          </Lines>
          <p className={styles.quiet}>{t(`dashboard.${verdict(engine)}`)}</p>
        </>
      ) : (
        <p className={styles.quiet}>{t('dashboard.engineIdle')}</p>
      )}
    </Card>
  );
}

function verdict(engine: Engine): 'pagesGood' | 'pagesPartly' | 'pagesSmall' {
  const hot = engine.mode === 'fast' ? engine.pages.dataset : engine.pages.cache;
  if (hot === '1g' || hot === '2m') return 'pagesGood';
  return hot === 'thp' ? 'pagesPartly' : 'pagesSmall';
}
