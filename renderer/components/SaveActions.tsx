import { Button } from './Button.tsx';
import { useText } from '../text.ts';

interface SaveActionsProps {
  readonly maySave: boolean;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** The buttons of a dialog whose fields are saved all at once or not at all. */
export function SaveActions({ maySave, onSave, onCancel }: SaveActionsProps) {
  const { t } = useText();
  return (
    <>
      <Button variant="ghost" onClick={onCancel}>
        {t('control.cancel')}
      </Button>
      <Button variant="primary" disabled={!maySave} onClick={onSave}>
        {t('control.save')}
      </Button>
    </>
  );
}
