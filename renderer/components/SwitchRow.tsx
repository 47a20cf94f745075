import { Switch } from '@base-ui/react/switch';
import { useId, type ReactNode } from 'react';
import { useText } from '../text.ts';
import styles from './Field.module.css';

interface SwitchRowProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** False where this system does not report what it is about; the row then says so. */
  readonly isKnown?: boolean;
  /** What it says then, where there is a better thing to say. */
  readonly unavailable?: string;
  /** What else there is to choose while it is on. */
  readonly children?: ReactNode;
}

export function SwitchRow(props: SwitchRowProps) {
  const { label, checked, onChange, isKnown = true, disabled = !isKnown, children } = props;
  const { t } = useText();
  const id = useId();
  const hint = isKnown ? props.hint : (props.unavailable ?? t('power.notAvailable'));
  return (
    <div data-row className={styles.setting}>
      <label className={styles.row}>
        <span className={styles.rowText}>
          <span id={`${id}label`} className={styles.label}>
            {label}
          </span>
          {hint !== undefined && (
            <span id={`${id}hint`} className={styles.hint}>
              {hint}
            </span>
          )}
        </span>
        <Switch.Root
          className={styles.switch}
          checked={checked}
          onCheckedChange={onChange}
          disabled={disabled}
          aria-labelledby={`${id}label`}
          {...(hint === undefined ? {} : { 'aria-describedby': `${id}hint` })}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
      </label>
      {checked && !disabled && children}
    </div>
  );
}
