import { Card } from '../../components/Card.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

const modes = [
  { value: 'auto', label: 'settings.modeAuto', hint: 'settings.modeAutoHint' },
  { value: 'fast', label: 'settings.modeFast', hint: 'settings.modeFastHint' },
  { value: 'light', label: 'settings.modeLight', hint: 'settings.modeLightHint' },
] as const;

/** How much memory mining may take. */
export function MemoryCard() {
  const { t } = useText();
  const { power } = useReady().settings;
  const tried = useApp((state) => state.fullPowerTrial?.power);
  const update = useApp((state) => state.update);
  const shown = tried ?? power;
  return (
    <Card title={t('settings.mode')}>
      <RadioCards
        label={t('settings.mode')}
        layout="row"
        value={shown.mode}
        onChange={(mode) => void update({ power: { ...shown, mode } })}
        options={modes.map(({ value, label, hint }) => ({ value, label: t(label), hint: t(hint) }))}
      />
    </Card>
  );
}
