import { Card } from '../../components/Card.tsx';
import { LanguageChoice } from '../../components/LanguageChoice.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

const themes = ['system', 'light', 'dark'] as const;

export function AppearanceCard() {
  const { t } = useText();
  const { appearance } = useReady().settings;
  const update = useApp((state) => state.update);
  return (
    <Card title={t('settings.appearance')}>
      <RadioCards
        label={t('settings.theme')}
        layout="row"
        value={appearance.theme}
        onChange={(theme) => void update({ appearance: { ...appearance, theme } })}
        options={themes.map((value) => ({ value, label: t(`settings.${value}`) }))}
      />
      <LanguageChoice />
    </Card>
  );
}
