import styles from './Choice.module.css';

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  /** What is offered; the present value is, whatever it is. */
  readonly values: readonly number[];
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** One number of several, in a line of its own. */
export function Choice({ label, value, values, text, onChange }: ChoiceProps) {
  const offered = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <label className={styles.choice}>
      {label}
      <select
        className={styles.select}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {offered.map((choice) => (
          <option key={choice} value={choice}>
            {text(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
