import type { Settings } from '../../../electron/contract/settings.ts';
import ruleStyles from '../../components/RuleSwitches.module.css';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

type Heat = Settings['rules']['heat'];

interface HeatRuleProps {
  readonly heat: Heat;
  readonly onChange: (heat: Heat) => void;
}

const choices = [60, 65, 70, 75, 80, 85, 90] as const;

/** The temperature that the CPU is to stay below. */
export function HeatRule({ heat, onChange }: HeatRuleProps) {
  const { t } = useText();
  const { temperatureKnown } = useReady().system;
  const degrees = [...new Set([...choices, heat.maxCelsius])].sort((a, b) => a - b);
  return (
    <>
      <SwitchRow
        label={t('settings.heat')}
        hint={temperatureKnown ? t('settings.heatHint') : t('power.notAvailable')}
        checked={heat.enabled}
        disabled={!temperatureKnown}
        onChange={(enabled) => onChange({ ...heat, enabled })}
      />
      {heat.enabled && temperatureKnown && (
        <label className={ruleStyles.idle}>
          {t('settings.heatBelow')}
          <select
            className={ruleStyles.select}
            value={heat.maxCelsius}
            onChange={(event) => onChange({ ...heat, maxCelsius: Number(event.target.value) })}
          >
            {degrees.map((choice) => (
              <option key={choice} value={choice}>
                {t('settings.celsius', { degrees: choice })}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
