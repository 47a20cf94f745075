import { useState } from 'react';
import type { PowerSettings } from '../../../electron/contract/settings.ts';
import { Card } from '../../components/Card.tsx';
import { FullPowerDialog } from '../../components/FullPowerDialog.tsx';
import { isFullPower } from '../../../electron/contract/power.ts';
import { PowerChoice, threadsOf } from '../../components/PowerChoice.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

/** Full power is confirmed, then tried; it goes back by itself unless kept. */
export function PowerCard() {
  const { t } = useText();
  const { settings, system } = useReady();
  const update = useApp((state) => state.update);
  const tried = useApp((state) => state.fullPowerTrial?.power);
  const [asked, setAsked] = useState<PowerSettings | null>(null);
  const power = tried ?? settings.power;

  /** Whoever has full power already may change the rest of it. */
  function choose(next: PowerSettings) {
    const { full } = system.recommendedThreads;
    if (isFullPower(next, full) && !isFullPower(power, full)) setAsked(next);
    else void update({ power: next });
  }

  return (
    <Card title={t('settings.power')}>
      <PowerChoice custom power={power} onChange={choose} />
      {power.profile === 'custom' && (
        <label className={styles.threads}>
          <span>{t('power.threadCount')}</span>
          <input
            className={styles.range}
            type="range"
            min={1}
            max={system.logicalCpus}
            value={threadsOf(power, system)}
            aria-valuetext={t('power.ofThreads', {
              threads: threadsOf(power, system),
              available: system.logicalCpus,
            })}
            onChange={(event) => choose({ ...power, threads: Number(event.target.value) })}
          />
          <output>
            {t('power.ofThreads', {
              threads: threadsOf(power, system),
              available: system.logicalCpus,
            })}
          </output>
        </label>
      )}
      <FullPowerDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          if (asked) void update({ power: asked });
          setAsked(null);
        }}
      />
    </Card>
  );
}
