import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Badge.module.css';

interface BadgeProps {
  readonly tone?: 'plain' | 'good' | 'caution' | 'danger';
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}
