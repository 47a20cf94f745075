import { Card } from '../../components/Card.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

/** What the window's X does. */
export function ClosingCard() {
  const { t } = useText();
  const { settings, system } = useReady();
  const update = useApp((state) => state.update);
  const { window } = settings;
  return (
    <Card title={t('settings.window')}>
      <RadioCards
        label={t('settings.window')}
        value={window.close}
        onChange={(close) => void update({ window: { ...window, close } })}
        options={[
          { value: 'ask', label: t('settings.closeAsk') },
          {
            value: 'background',
            label: t('settings.closeBackground'),
            disabled: !system.trayAvailable,
            ...(system.trayAvailable ? {} : { hint: t('settings.noTray') }),
          },
          { value: 'quit', label: t('settings.closeQuit') },
        ]}
      />
    </Card>
  );
}
