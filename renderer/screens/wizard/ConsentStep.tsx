import Check from 'lucide-react/icons/check';
import { useState } from 'react';
import { CheckField } from '../../components/CheckField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { StepFrame } from './StepFrame.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

interface ConsentStepProps {
  /** The user agreed to an earlier wording. */
  readonly changed: boolean;
  readonly onContinue: () => void;
}

const promises = ['promiseFee', 'promiseQuiet', 'promiseStop'] as const;

/** The box is never ticked beforehand. */
export function ConsentStep({ changed, onContinue }: ConsentStepProps) {
  const { t } = useText();
  const [agreed, setAgreed] = useState(false);
  return (
    <StepFrame title={t('consent.title')} onContinue={onContinue} mayContinue={agreed}>
      {changed && <Notice tone="info">{t('consent.changed')}</Notice>}
      <blockquote className={styles.consent}>{t('consent.text')}</blockquote>
      <section aria-label={t('consent.promises')}>
        <ul className={styles.promises}>
          {promises.map((promise) => (
            <li key={promise}>
              <Check aria-hidden />
              {t(`consent.${promise}`)}
            </li>
          ))}
        </ul>
      </section>
      <CheckField label={t('consent.agree')} checked={agreed} onChange={setAgreed} />
    </StepFrame>
  );
}
