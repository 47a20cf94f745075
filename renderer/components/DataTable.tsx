import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

interface DataTableProps {
  /** For screen readers; those who see it have the title of its card. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A table whose columns of class `wide` are left out where there is no room for them. */
export function DataTable({ name, children }: DataTableProps) {
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">{name}</caption>
        {children}
      </table>
    </div>
  );
}
