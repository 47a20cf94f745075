import styles from './Bar.module.css';

interface BarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  /** What a screen reader says instead of the bare number. */
  readonly text: string;
}

/** A thin bar; a native element, so that its length needs no inline style. */
export function Bar({ label, value, text }: BarProps) {
  return (
    <progress
      className={styles.bar}
      max={1}
      value={Math.min(1, Math.max(0, value))}
      aria-label={label}
      aria-valuetext={text}
    />
  );
}
