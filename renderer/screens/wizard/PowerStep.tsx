import { useState } from 'react';
import type { PowerSettings } from '../../../electron/contract/settings.ts';
import { FullPowerDialog } from '../../components/FullPowerDialog.tsx';
import { isFullPower } from '../../../electron/contract/power.ts';
import { PowerChoice } from '../../components/PowerChoice.tsx';
import { RuleSwitches } from '../../components/RuleSwitches.tsx';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import type { StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';
import styles from './Wizard.module.css';

export function PowerStep({
  draft,
  change,
  onBack,
  onContinue,
}: StepProps & { readonly onBack: () => void }) {
  const { t } = useText();
  const { system } = useReady();
  const { power, rules } = draft;
  const [asked, setAsked] = useState<PowerSettings | null>(null);

  return (
    <StepFrame
      title={t('power.title')}
      lead={t('power.lead')}
      onBack={onBack}
      onContinue={onContinue}
      mayContinue
    >
      <PowerChoice
        power={power}
        onChange={(next) =>
          isFullPower(next, system.recommendedThreads.full)
            ? setAsked(next)
            : change({ power: next })
        }
      />
      <section className={styles.group} aria-labelledby="power-times">
        <h2 id="power-times">{t('power.times')}</h2>
        <RuleSwitches rules={rules} onChange={(next) => change({ rules: next })} />
      </section>
      <FullPowerDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          if (asked) change({ power: asked });
          setAsked(null);
        }}
      />
    </StepFrame>
  );
}
