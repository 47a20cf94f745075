import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Modal } from '../../components/Modal.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

export function ResetCard() {
  const { t } = useText();
  const reset = useApp((state) => state.reset);
  const [asking, setAsking] = useState(false);

  return (
    <Card title={t('settings.reset')}>
      <div className={styles.resetRow}>
        <p className={styles.quiet}>{t('settings.resetHint')}</p>
        <Button onClick={() => setAsking(true)}>{t('settings.resetButton')}</Button>
      </div>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={t('settings.resetTitle')}
        text={t('settings.resetText')}
        actions={
          <>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t('control.cancel')}
            </Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                void reset();
              }}
            >
              {t('settings.resetButton')}
            </Button>
          </>
        }
      />
    </Card>
  );
}
