import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Field.module.css';

export interface RadioOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
  /** Shown at the right: a badge, a number. */
  readonly aside?: ReactNode;
  readonly disabled?: boolean;
}

interface RadioCardsProps<V extends string> {
  readonly label: string;
  readonly value: V | null;
  readonly options: readonly RadioOption<V>[];
  readonly onChange: (value: V) => void;
  /** `row`: side by side where there is room. */
  readonly layout?: 'column' | 'row';
}

export function RadioCards<V extends string>(props: RadioCardsProps<V>) {
  const { label, value, options, onChange, layout = 'column' } = props;
  const id = useId();
  return (
    <RadioGroup<V | null>
      aria-label={label}
      className={cx(styles.cards, layout === 'row' && styles.cardsRow)}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      {options.map((option) => {
        const optionId = `${id}${option.value}`;
        return (
          <label
            key={option.value}
            className={cx(
              styles.card,
              option.value === value && styles.cardChosen,
              option.disabled && styles.cardDisabled,
            )}
          >
            <Radio.Root
              className={styles.radio}
              value={option.value}
              disabled={option.disabled ?? false}
              aria-labelledby={`${optionId}label`}
              aria-describedby={`${optionId}hint`}
            >
              <Radio.Indicator className={styles.dot} />
            </Radio.Root>
            <span className={styles.rowText}>
              <span id={`${optionId}label`} className={styles.label}>
                {option.label}
              </span>
              <span id={`${optionId}hint`} className={styles.hint}>
                {option.hint}
              </span>
            </span>
            {option.aside !== undefined && <span className={styles.cardAside}>{option.aside}</span>}
          </label>
        );
      })}
    </RadioGroup>
  );
}
