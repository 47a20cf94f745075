import type { TuningPoint, TuningState } from '../../../electron/contract/tuning.ts';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { ChangingControls } from '../../components/ChangingControls.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { hashrateText, percent } from '../../../electron/contract/text/numbers.ts';
import { useApp, usePart, useReady } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

/** Measures what this computer is fastest with, and shows the curve. Nothing is sent, and mining waits. */
export function TuningCard() {
  const { t, sentence, language } = useText();
  const tuning = useApp((state) => state.tuning);
  const run = useApp((state) => state.run);
  const update = useApp((state) => state.update);
  const { whileMining } = useReady().settings.tuning;
  const isMining = useApp(({ snapshot }) => snapshot?.activity !== 'off');
  if (tuning === null) return null;
  const { running, problem } = tuning;

  return (
    <Card title={t('tuning.title')}>
      <div className={styles.resetRow}>
        <p className={styles.quiet}>{t(isMining ? 'tuning.notWhileMining' : 'tuning.hint')}</p>
        <ChangingControls label={t('tuning.title')}>
          {running === null && (
            <Button disabled={isMining} onClick={() => void run((to) => to.tuning.begin())}>
              {t(tuning.result === null ? 'tuning.measure' : 'tuning.measureAgain')}
            </Button>
          )}
          {running !== null && (
            <Button onClick={() => void run((to) => to.tuning.cancel())}>
              {t('control.cancel')}
            </Button>
          )}
        </ChangingControls>
      </div>
      {running !== null && (
        <Bar
          label={t('tuning.progress')}
          value={running.progress}
          text={percent(running.progress, language)}
        />
      )}
      {problem !== null && <Notice tone="caution">{sentence(problem)}</Notice>}
      <SwitchRow
        label={t('tuning.whileMining')}
        hint={t('tuning.whileMiningHint')}
        checked={whileMining}
        onChange={(next) => void update({ tuning: { whileMining: next } })}
      />
      <Trying />
      <Figures tuning={tuning} />
    </Card>
  );
}

/** What is tried while mining. */
function Trying() {
  const { t } = useText();
  const trying = usePart('learning')?.trying ?? null;
  return trying === null ? null : (
    <p className={styles.quiet}>
      {t('tuning.trying', {
        threads: t('power.threads', { count: trying.threads }),
        hashes: t('tuning.sideBySide', { count: trying.interleave }),
      })}
    </p>
  );
}

/** What is being found out, or what was. */
function Figures({ tuning: { running, result } }: { readonly tuning: TuningState }) {
  const { t, language } = useText();
  if (running !== null) {
    return running.points.length === 0 ? null : <Curve points={bestOfEach(running.points)} />;
  }
  if (result === null) return null;
  const { threads, interleave, hashesPerSecond } = result.best;
  return (
    <>
      {result.threadsCompared && (
        <p>
          {t('tuning.best', {
            count: threads,
            hashes: t('tuning.sideBySide', { count: interleave }),
            rate: hashrateText(hashesPerSecond, language),
          })}
        </p>
      )}
      <Curve points={result.curve} />
      <p className={styles.quiet}>
        {t('tuning.measuredAt', {
          date: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(
            result.measuredAtMs,
          ),
          mode: t(`tuning.${result.mode}`),
        })}
      </p>
    </>
  );
}

function Curve({ points }: { readonly points: readonly TuningPoint[] }) {
  const { t, language } = useText();
  const most = Math.max(...points.map(({ hashesPerSecond }) => hashesPerSecond));
  return (
    <ul className={styles.curve} aria-label={t('tuning.curve')}>
      {points.map(({ threads, interleave, hashesPerSecond }) => {
        const rate = hashrateText(hashesPerSecond, language);
        const label = t('power.threads', { count: threads });
        return (
          <li key={threads}>
            <span>{label}</span>
            <Bar label={label} value={most > 0 ? hashesPerSecond / most : 0} text={rate} />
            <span className={styles.figure}>{rate}</span>
            <span className={styles.quiet}>{t('tuning.sideBySide', { count: interleave })}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** While it runs, points come in any order, several for one number of threads. */
function bestOfEach(points: readonly TuningPoint[]): TuningPoint[] {
  const best = new Map<number, TuningPoint>();
  for (const point of points) {
    const known = best.get(point.threads);
    if (known === undefined || point.hashesPerSecond > known.hashesPerSecond) {
      best.set(point.threads, point);
    }
  }
  return [...best.values()].sort((a, b) => a.threads - b.threads);
}
