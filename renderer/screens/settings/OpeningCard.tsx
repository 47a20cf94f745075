import { Card } from '../../components/Card.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

/** What happens when the user logs in and the app opens. */
export function OpeningCard() {
  const { t } = useText();
  const { rules } = useReady().settings;
  const update = useApp((state) => state.update);
  return (
    <Card title={t('settings.opening')}>
      <SwitchRow
        label={t('settings.startAtLaunch')}
        hint={t('settings.startAtLaunchHint')}
        checked={rules.startAtLaunch}
        onChange={(startAtLaunch) => void update({ rules: { ...rules, startAtLaunch } })}
      />
      <SwitchRow
        label={t('settings.openAtLogin')}
        hint={t('settings.openAtLoginHint')}
        checked={rules.openAtLogin}
        onChange={(openAtLogin) => void update({ rules: { ...rules, openAtLogin } })}
      />
    </Card>
  );
}
