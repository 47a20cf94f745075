import type { Settings } from '../../../electron/contract/settings.ts';
import { Choice } from '../../components/Choice.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

type Heat = Settings['rules']['heat'];

interface HeatRuleProps {
  readonly heat: Heat;
  readonly onChange: (heat: Heat) => void;
}

/** The temperature that the CPU is to stay below. */
export function HeatRule({ heat, onChange }: HeatRuleProps) {
  const { t } = useText();
  return (
    <SwitchRow
      label={t('settings.heat')}
      hint={t('settings.heatHint')}
      isKnown={useReady().system.temperatureKnown}
      checked={heat.enabled}
      onChange={(enabled) => onChange({ ...heat, enabled })}
    >
      <Choice
        label={t('settings.heatBelow')}
        value={heat.maxCelsius}
        values={[60, 65, 70, 75, 80, 85, 90]}
        text={(degrees) => t('settings.celsius', { degrees })}
        onChange={(maxCelsius) => onChange({ ...heat, maxCelsius })}
      />
    </SwitchRow>
  );
}
