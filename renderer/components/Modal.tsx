import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import styles from './Modal.module.css';

interface ModalProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
  /** Buttons, the most important last. */
  readonly actions: ReactNode;
}

/** A dialog that takes the keyboard and gives it back; Escape is Cancel. */
export function Modal({ open, onClose, title, text, children, actions }: ModalProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          {text !== undefined && (
            <Dialog.Description className={styles.text}>{text}</Dialog.Description>
          )}
          {children}
          <div className={styles.actions}>{actions}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
