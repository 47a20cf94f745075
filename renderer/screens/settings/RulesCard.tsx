import { Card } from '../../components/Card.tsx';
import { Choice } from '../../components/Choice.tsx';
import { RuleSwitches } from '../../components/RuleSwitches.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { HeatRule } from './HeatRule.tsx';
import { ProgramList } from './ProgramList.tsx';

/** What pauses mining by itself. */
export function RulesCard() {
  const { t } = useText();
  const { settings, system } = useReady();
  const { rules } = settings;
  const update = useApp((state) => state.update);
  const change = (changed: Partial<typeof rules>) =>
    void update({ rules: { ...rules, ...changed } });

  return (
    <Card title={t('settings.rules')}>
      <RuleSwitches rules={rules} onChange={change} />
      <SwitchRow
        label={t('settings.fullScreen')}
        hint={t('settings.fullScreenHint')}
        isKnown={system.fullScreenKnown}
        {...(system.programsKnown && { unavailable: t('settings.fullScreenUnavailable') })}
        checked={rules.pauseOnFullScreen}
        onChange={(pauseOnFullScreen) => change({ pauseOnFullScreen })}
      />
      <SwitchRow
        label={t('settings.metered')}
        hint={t('settings.meteredHint')}
        isKnown={system.meteredKnown}
        checked={rules.pauseOnMetered}
        onChange={(pauseOnMetered) => change({ pauseOnMetered })}
      />
      <HeatRule heat={rules.heat} onChange={(heat) => change({ heat })} />
      <SwitchRow
        label={t('settings.watts')}
        hint={t('settings.wattsHint')}
        isKnown={system.wattsKnown}
        checked={rules.watts.enabled}
        onChange={(enabled) => change({ watts: { ...rules.watts, enabled } })}
      >
        <Choice
          label={t('settings.wattsBelow')}
          value={rules.watts.maxWatts}
          values={[10, 15, 20, 25, 35, 45, 65, 80, 95, 120, 150, 200, 280]}
          text={(watts) => t('dashboard.watts', { watts })}
          onChange={(maxWatts) => change({ watts: { ...rules.watts, maxWatts } })}
        />
      </SwitchRow>
      <ProgramList
        programs={rules.listedPrograms}
        onChange={(listedPrograms) => change({ listedPrograms })}
      />
    </Card>
  );
}
