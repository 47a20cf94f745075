import ExternalLink from 'lucide-react/icons/external-link';
import { AddressField } from '../../components/AddressField.tsx';
import { Button } from '../../components/Button.tsx';
import { checkedAddress, useAddressCheck } from '../../components/useAddressCheck.ts';
import { useApp } from '../../store/StoreContext.tsx';
import type { StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

export function WalletStep({ draft, change, onContinue }: StepProps) {
  const { t } = useText();
  const run = useApp((state) => state.run);
  const check = useAddressCheck(draft.addressText);
  const address = checkedAddress(check);

  function go() {
    change({ address });
    onContinue();
  }

  function practise() {
    change({ address: null, addressText: '', choice: { of: 'practice' } });
    onContinue();
  }

  return (
    <StepFrame
      title={t('wallet.title')}
      lead={t('wallet.lead')}
      onContinue={go}
      mayContinue={address !== null}
      other={
        draft.addressText.trim() === '' && (
          <Button size="l" variant="ghost" onClick={practise}>
            {t('wallet.skip')}
          </Button>
        )
      }
    >
      <AddressField
        label={t('wallet.address')}
        text={draft.addressText}
        onChange={(addressText) => change({ addressText, address: null })}
        check={check}
      />
      {address === null && (
        <aside className={styles.aside}>
          <h2>{t('wallet.none')}</h2>
          <p>{t('wallet.how')}</p>
          <Button
            className={styles.asideButton}
            onClick={() => void run((bridge) => bridge.link.open({ id: 'getWallet' }))}
          >
            <ExternalLink aria-hidden />
            {t('wallet.getWallet')}
          </Button>
        </aside>
      )}
    </StepFrame>
  );
}
