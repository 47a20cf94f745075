import type { ReactNode, SubmitEvent } from 'react';
import { Button } from '../../components/Button.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

interface StepFrameProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
  readonly onBack?: () => void;
  readonly onContinue: () => void;
  readonly mayContinue: boolean;
  readonly continueLabel?: string;
  /** A second way on, beside Continue. */
  readonly other?: ReactNode;
}

/** One step: its question, its fields, Back and Continue. Enter is Continue. */
export function StepFrame(props: StepFrameProps) {
  const { title, lead, children, onBack, onContinue, mayContinue, continueLabel, other } = props;
  const { t } = useText();

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (mayContinue) onContinue();
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.heading}>
        <h1 tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </div>
      {children}
      <div className={styles.actions}>
        {onBack && (
          <Button size="l" onClick={onBack}>
            {t('control.back')}
          </Button>
        )}
        <span className={styles.grow} />
        {other}
        <Button size="l" variant="primary" type="submit" disabled={!mayContinue}>
          {continueLabel ?? t('control.continue')}
        </Button>
      </div>
    </form>
  );
}
