import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Card.module.css';

interface CardProps {
  readonly title: string;
  /** Small text or a control at the right of the title. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  /** The step of the tour that explains it (app/Tour.tsx). */
  readonly tour?: string;
  readonly children: ReactNode;
}

export function Card({ title, aside, className, tour, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={cx(styles.card, className)} aria-labelledby={titleId} data-tour={tour}>
      <header className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
