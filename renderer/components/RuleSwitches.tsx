import type { Settings } from '../../electron/contract/settings.ts';
import { useReady } from '../store/StoreContext.tsx';
import styles from './RuleSwitches.module.css';
import { SwitchRow } from './SwitchRow.tsx';
import { useText } from '../text.ts';

interface RuleSwitchesProps {
  readonly rules: Settings['rules'];
  readonly onChange: (rules: Settings['rules']) => void;
}

const chargeChoices = [100, 80, 50, 30, 20] as const;
const idleChoices = [60, 120, 300, 600] as const;

/** The rules that pause mining; one that this system cannot serve says so. */
export function RuleSwitches({ rules, onChange }: RuleSwitchesProps) {
  const { t } = useText();
  const { system } = useReady();
  const charges = [...new Set([...chargeChoices, rules.batteryBelowPercent])].sort((a, b) => b - a);
  const seconds = [...new Set([...idleChoices, rules.idleAfterSeconds])].sort((a, b) => a - b);
  return (
    <>
      <SwitchRow
        label={t('power.battery')}
        hint={system.batteryKnown ? t('power.batteryHint') : t('power.notAvailable')}
        checked={rules.pauseOnBattery}
        disabled={!system.batteryKnown}
        onChange={(pauseOnBattery) => onChange({ ...rules, pauseOnBattery })}
      />
      {rules.pauseOnBattery && system.batteryChargeKnown && (
        <label className={styles.idle}>
          {t('power.batteryBelow')}
          <select
            className={styles.select}
            value={rules.batteryBelowPercent}
            onChange={(event) =>
              onChange({ ...rules, batteryBelowPercent: Number(event.target.value) })
            }
          >
            {charges.map((charge) => (
              <option key={charge} value={charge}>
                {charge === 100
                  ? t('power.batteryAlways')
                  : t('power.batteryCharge', { charge: charge / 100 })}
              </option>
            ))}
          </select>
        </label>
      )}
      <SwitchRow
        label={t('power.idle')}
        hint={system.idleKnown ? t('power.idleHint') : t('power.notAvailable')}
        checked={rules.onlyWhenIdle}
        disabled={!system.idleKnown}
        onChange={(onlyWhenIdle) => onChange({ ...rules, onlyWhenIdle })}
      />
      {rules.onlyWhenIdle && system.idleKnown && (
        <label className={styles.idle}>
          {t('power.idleAfter')}
          <select
            className={styles.select}
            value={rules.idleAfterSeconds}
            onChange={(event) =>
              onChange({ ...rules, idleAfterSeconds: Number(event.target.value) })
            }
          >
            {seconds.map((choice) => (
              <option key={choice} value={choice}>
                {t('power.minutes', { count: choice / 60 })}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
