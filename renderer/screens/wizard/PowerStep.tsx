import { PowerChoice } from '../../components/PowerChoice.tsx';
import { RuleSwitches } from '../../components/RuleSwitches.tsx';
import type { StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

export function PowerStep({
  draft,
  change,
  onBack,
  onContinue,
}: StepProps & { readonly onBack: () => void }) {
  const { t } = useText();
  const { power, rules } = draft;
  return (
    <StepFrame
      title={t('power.title')}
      lead={t('power.lead')}
      onBack={onBack}
      onContinue={onContinue}
      mayContinue
    >
      <PowerChoice power={power} onChange={(next) => change({ power: next })} />
      <section className={styles.group} aria-labelledby="power-times">
        <h2 id="power-times">{t('power.times')}</h2>
        <RuleSwitches rules={rules} onChange={(next) => change({ rules: next })} />
      </section>
    </StepFrame>
  );
}
