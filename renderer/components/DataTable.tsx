import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './DataTable.module.css';

interface DataTableProps {
  /** For screen readers; those who see it have the title of its card. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A table. Where there is no room for its columns, the more so with those of class `wide`, it is scrolled sideways. */
export function DataTable({ name, children }: DataTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const resize = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    resize.observe(element);
    return () => resize.disconnect();
  }, []);
  // By the keyboard, it is the focus that is scrolled.
  const region = scrolls ? { role: 'region', tabIndex: 0, 'aria-label': name } : {};
  return (
    <div ref={frame} className={styles.frame} {...region}>
      <table className={styles.table}>
        <caption className="visually-hidden">{name}</caption>
        {children}
      </table>
    </div>
  );
}
