import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Field.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  /** A sentence that says what is wrong and what to do. */
  readonly error?: string | undefined;
  readonly mono?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, mono, ...rest } = props;
  const id = useId();
  const hintId = `${id}hint`;
  const errorId = `${id}error`;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        id={id}
        className={cx(styles.input, mono && styles.mono)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined}
        aria-describedby={cx(error !== undefined && errorId, hint !== undefined && hintId)}
      />
      <p
        id={errorId}
        className={cx(styles.error, error === undefined && styles.empty)}
        role="alert"
      >
        {error}
      </p>
      {hint !== undefined && (
        <div id={hintId} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}
