import { useState } from 'react';
import { AddressBlocks } from '../../components/AddressBlocks.tsx';
import { AddressField } from '../../components/AddressField.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Modal } from '../../components/Modal.tsx';
import { checkedAddress, useAddressCheck } from '../../components/useAddressCheck.ts';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

export function WalletCard() {
  const { t } = useText();
  const { settings } = useReady();
  const [changing, setChanging] = useState(false);
  const address = settings.wallet?.address ?? null;
  return (
    <Card
      title={t('settings.wallet')}
      aside={
        <Button onClick={() => setChanging(true)}>
          {address === null ? t('settings.walletAdd') : t('settings.walletChange')}
        </Button>
      }
    >
      {address === null ? (
        <p className={styles.quiet}>{t('settings.walletNone')}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t('settings.walletHint')}</p>
          <AddressBlocks address={address} />
        </>
      )}
      {changing && <ChangeDialog current={address} onClose={() => setChanging(false)} />}
    </Card>
  );
}

interface ChangeDialogProps {
  readonly current: string | null;
  readonly onClose: () => void;
}

/** First the new address under live check, then old and new side by side; only then is it kept. */
function ChangeDialog({ current, onClose }: ChangeDialogProps) {
  const { t } = useText();
  const update = useApp((state) => state.update);
  const [text, setText] = useState('');
  const [confirming, setConfirming] = useState(false);
  const check = useAddressCheck(text);
  const address = checkedAddress(check);

  async function confirm() {
    if (address !== null && (await update({ wallet: { address } }))) onClose();
  }

  if (confirming && address !== null) {
    return (
      <Modal
        open
        onClose={onClose}
        title={t('settings.walletConfirmTitle')}
        text={t('wallet.compare')}
        actions={
          <>
            <Button variant="ghost" onClick={() => setConfirming(false)}>
              {t('control.back')}
            </Button>
            <Button variant="primary" onClick={() => void confirm()}>
              {t('settings.walletConfirm')}
            </Button>
          </>
        }
      >
        {current !== null && (
          <section className={styles.compared} aria-label={t('settings.walletOld')}>
            <h3 className={styles.comparedTitle}>{t('settings.walletOld')}</h3>
            <AddressBlocks address={current} />
          </section>
        )}
        <section className={styles.compared} aria-label={t('settings.walletNext')}>
          <h3 className={styles.comparedTitle}>{t('settings.walletNext')}</h3>
          <AddressBlocks address={address} />
        </section>
      </Modal>
    );
  }

  return (
    <Modal
      open
      onClose={onClose}
      title={current === null ? t('settings.walletAdd') : t('settings.walletChange')}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('control.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={address === null || address === current}
            onClick={() => setConfirming(true)}
          >
            {t('control.continue')}
          </Button>
        </>
      }
    >
      <AddressField label={t('settings.walletNew')} text={text} onChange={setText} check={check} />
    </Modal>
  );
}
