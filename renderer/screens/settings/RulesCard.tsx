import { Card } from '../../components/Card.tsx';
import { RuleSwitches } from '../../components/RuleSwitches.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { HeatRule } from './HeatRule.tsx';
import { ProgramList } from './ProgramList.tsx';

/** What pauses mining by itself. */
export function RulesCard() {
  const { t } = useText();
  const { rules } = useReady().settings;
  const update = useApp((state) => state.update);
  const change = (changed: Partial<typeof rules>) =>
    void update({ rules: { ...rules, ...changed } });

  return (
    <Card title={t('settings.rules')}>
      <RuleSwitches rules={rules} onChange={change} />
      <HeatRule heat={rules.heat} onChange={(heat) => change({ heat })} />
      <ProgramList
        programs={rules.listedPrograms}
        onChange={(listedPrograms) => change({ listedPrograms })}
      />
    </Card>
  );
}
