import { useEffect, useRef, useState } from 'react';
import { StandingNotices, UrgentNotices } from '../../app/Notices.tsx';
import { Mark } from '../../app/Mark.tsx';
import { cx } from '../../components/cx.ts';
import { LanguageChoice } from '../../components/LanguageChoice.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { ConsentStep } from './ConsentStep.tsx';
import { draftFrom, type Draft } from './draft.ts';
import { PoolStep } from './PoolStep.tsx';
import { PowerStep } from './PowerStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { WalletStep } from './WalletStep.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

const steps = ['consent', 'wallet', 'pool', 'power', 'review'] as const;
export type Step = (typeof steps)[number];

/**
 * First run: consent → wallet → pool → power → review, mining still off at the end. Consent is kept at once, the rest
 * in one write when the review is confirmed. `consentOnly`: only the text has changed since.
 */
export function Wizard({ consentOnly }: { readonly consentOnly: boolean }) {
  const { t } = useText();
  const { settings, info } = useReady();
  const giveConsent = useApp((state) => state.giveConsent);
  const agreed = settings.consent?.version === info.consentVersion;
  const [step, setStep] = useState<Step>(agreed ? 'wallet' : 'consent');
  const [draft, setDraft] = useState<Draft>(() => draftFrom(settings));
  const heading = useRef<HTMLDivElement>(null);
  const shownSteps = consentOnly ? (['consent'] as const) : steps;

  useEffect(() => {
    document.title = t('app.title', { screen: t(`wizard.${step}`) });
  }, [step, t]);

  useEffect(() => {
    // There is one thing to do in the wallet step; elsewhere the question comes first.
    heading.current?.querySelector<HTMLElement>(step === 'wallet' ? 'input' : 'h1')?.focus();
  }, [step]);

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const go = (next: Step) => () => setStep(next);

  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <Mark />
          {t('app.name')}
        </span>
        <LanguageChoice short />
        {shownSteps.length > 1 && (
          <nav aria-label={t('wizard.label')}>
            <ol className={styles.steps}>
              {shownSteps.map((name) => (
                <li
                  key={name}
                  className={cx(
                    styles.step,
                    name === step && styles.stepNow,
                    steps.indexOf(name) < steps.indexOf(step) && styles.stepDone,
                  )}
                  aria-current={name === step ? 'step' : undefined}
                >
                  <span className={styles.stepName}>{t(`wizard.${name}`)}</span>
                </li>
              ))}
            </ol>
          </nav>
        )}
      </header>
      <main className={styles.body} ref={heading}>
        <UrgentNotices />
        <StandingNotices />
        {shownSteps.length > 1 && (
          <p className={styles.progress}>
            {t('wizard.progress', { step: steps.indexOf(step) + 1, count: steps.length })}
          </p>
        )}
        {step === 'consent' && (
          <ConsentStep
            changed={settings.consent !== null && !agreed}
            onContinue={() =>
              void giveConsent().then((given) => given && !consentOnly && setStep('wallet'))
            }
          />
        )}
        {step === 'wallet' && <WalletStep draft={draft} change={change} onContinue={go('pool')} />}
        {step === 'pool' && (
          <PoolStep draft={draft} change={change} onBack={go('wallet')} onContinue={go('power')} />
        )}
        {step === 'power' && (
          <PowerStep draft={draft} change={change} onBack={go('pool')} onContinue={go('review')} />
        )}
        {step === 'review' && <ReviewStep draft={draft} onBack={go('power')} onEdit={setStep} />}
      </main>
    </div>
  );
}
