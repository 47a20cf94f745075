import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { CheckField } from '../components/CheckField.tsx';
import { Modal } from '../components/Modal.tsx';
import { useApp } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';

/** Asked when the window's X is pressed and no choice is remembered. Without a tray the window is never hidden. */
export function CloseDialog() {
  const { t } = useText();
  const asked = useApp((state) => state.closeAsked);
  const answer = useApp((state) => state.answerClose);
  const [remember, setRemember] = useState(false);

  const text = !asked?.trayAvailable
    ? t('close.noTray')
    : asked.mining
      ? t('close.mining')
      : t('close.idle');

  function choose(action: 'background' | 'quit' | 'cancel') {
    void answer(action, action !== 'cancel' && remember);
    setRemember(false);
  }

  return (
    <Modal
      open={asked !== null}
      onClose={() => choose('cancel')}
      title={t('close.title')}
      text={text}
      actions={
        <>
          <Button variant="ghost" onClick={() => choose('cancel')}>
            {t('control.cancel')}
          </Button>
          <Button onClick={() => choose('quit')}>
            {asked?.mining ? t('close.quitMining') : t('close.quit')}
          </Button>
          {asked?.trayAvailable && (
            <Button variant="primary" onClick={() => choose('background')}>
              {t('close.background')}
            </Button>
          )}
        </>
      }
    >
      <CheckField label={t('close.remember')} checked={remember} onChange={setRemember} />
    </Modal>
  );
}
