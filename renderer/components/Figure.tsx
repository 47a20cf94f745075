import type { ReactNode } from 'react';
import styles from './Figure.module.css';

/** A list of names and figures; `large` for the few that matter most. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

interface FigureProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly large?: boolean;
}

export function Figure({ name, children, large = false }: FigureProps) {
  return (
    <div className={large ? styles.large : styles.figure}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One name and value a line. */
export function Lines({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.lines}>{children}</dl>;
}

export function Line({ name, children }: Omit<FigureProps, 'large'>) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
