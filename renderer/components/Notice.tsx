import CircleCheck from 'lucide-react/icons/circle-check';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Notice.module.css';

interface NoticeProps {
  readonly tone: 'info' | 'good' | 'caution' | 'danger';
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Spoken when it appears. */
  readonly alert?: boolean;
}

const icons = {
  info: Info,
  good: CircleCheck,
  caution: TriangleAlert,
  danger: TriangleAlert,
} as const;

export function Notice({ tone, title, children, actions, alert = false }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={cx(styles.notice, styles[tone])} {...(alert ? { role: 'alert' } : {})}>
      <Icon aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <div className={styles.text}>
          {title !== undefined && <p className={styles.title}>{title}</p>}
          {children !== undefined && <div>{children}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
