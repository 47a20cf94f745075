import { Card } from '../../components/Card.tsx';
import { LanguageChoice } from '../../components/LanguageChoice.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { RuleSwitches } from '../../components/RuleSwitches.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { ApiCard } from './ApiCard.tsx';
import { HeatRule } from './HeatRule.tsx';
import { PowerCard } from './PowerCard.tsx';
import { ProgramList } from './ProgramList.tsx';
import { ScheduleCard } from './ScheduleCard.tsx';
import { ResetCard } from './ResetCard.tsx';
import { TuningCard } from './TuningCard.tsx';
import { WalletCard } from './WalletCard.tsx';
import { UpdatesCard } from './UpdatesCard.tsx';
import { useText } from '../../text.ts';

const themes = ['system', 'light', 'dark'] as const;
const notifications = ['rulePauses', 'poolDown', 'noShares', 'rejects', 'failures'] as const;

/** Every change is kept at once; only what costs money, comfort or memory asks first. */
export function SettingsScreen() {
  const { t } = useText();
  const { settings, system } = useReady();
  const update = useApp((state) => state.update);
  const { rules, appearance, window, notifications: told } = settings;

  return (
    <>
      <WalletCard />
      <PowerCard />
      <TuningCard />
      <Card title={t('settings.rules')}>
        <RuleSwitches rules={rules} onChange={(next) => void update({ rules: next })} />
        <HeatRule
          heat={rules.heat}
          onChange={(heat) => void update({ rules: { ...rules, heat } })}
        />
        <ProgramList
          programs={rules.listedPrograms}
          onChange={(listedPrograms) => void update({ rules: { ...rules, listedPrograms } })}
        />
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
      <ScheduleCard />
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
      <Card title={t('settings.notifications')}>
        {notifications.map((name) => (
          <SwitchRow
            key={name}
            label={t(`settings.${name}`)}
            checked={told[name]}
            onChange={(on) => void update({ notifications: { ...told, [name]: on } })}
          />
        ))}
      </Card>
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
      <ApiCard />
      <UpdatesCard />
      <ResetCard />
    </>
  );
}
