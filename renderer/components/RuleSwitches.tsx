import type { Settings } from '../../electron/contract/settings.ts';
import { useReady } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';
import { Choice } from './Choice.tsx';
import { SwitchRow } from './SwitchRow.tsx';

interface RuleSwitchesProps {
  readonly rules: Settings['rules'];
  readonly onChange: (rules: Settings['rules']) => void;
}

/** The rules that pause mining while somebody needs the computer, or its battery. */
export function RuleSwitches({ rules, onChange }: RuleSwitchesProps) {
  const { t } = useText();
  const { system } = useReady();
  return (
    <>
      <SwitchRow
        label={t('power.battery')}
        hint={t('power.batteryHint')}
        isKnown={system.batteryKnown}
        checked={rules.pauseOnBattery}
        onChange={(pauseOnBattery) => onChange({ ...rules, pauseOnBattery })}
      >
        {system.batteryChargeKnown && (
          <Choice
            label={t('power.batteryBelow')}
            value={rules.batteryBelowPercent}
            values={[20, 30, 50, 80, 100]}
            text={(percent) =>
              percent === 100
                ? t('power.batteryAlways')
                : t('power.batteryCharge', { charge: percent / 100 })
            }
            onChange={(batteryBelowPercent) => onChange({ ...rules, batteryBelowPercent })}
          />
        )}
      </SwitchRow>
      <SwitchRow
        label={t('power.idle')}
        hint={t('power.idleHint')}
        isKnown={system.idleKnown}
        checked={rules.onlyWhenIdle}
        onChange={(onlyWhenIdle) => onChange({ ...rules, onlyWhenIdle })}
      >
        <Choice
          label={t('power.idleAfter')}
          value={rules.idleAfterSeconds}
          values={[60, 120, 300, 600]}
          text={(seconds) => t('power.minutes', { count: seconds / 60 })}
          onChange={(idleAfterSeconds) => onChange({ ...rules, idleAfterSeconds })}
        />
      </SwitchRow>
    </>
  );
}
