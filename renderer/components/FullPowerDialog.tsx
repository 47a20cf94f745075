import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import { Modal } from './Modal.tsx';

interface FullPowerDialogProps {
  readonly open: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asked before every way to full power. */
export function FullPowerDialog({ open, onConfirm, onClose }: FullPowerDialogProps) {
  const { t } = useText();
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={t('power.fullTitle')}
      text={t('power.fullText')}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('control.cancel')}
          </Button>
          <Button variant="primary" onClick={onConfirm}>
            {t('power.fullConfirm')}
          </Button>
        </>
      }
    />
  );
}
