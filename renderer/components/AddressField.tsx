import QrCode from 'lucide-react/icons/qr-code';
import { useState } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { useApp } from '../store/StoreContext.tsx';
import { AddressBlocks } from './AddressBlocks.tsx';
import { Button } from './Button.tsx';
import styles from './Field.module.css';
import { Notice } from './Notice.tsx';
import { TextField } from './TextField.tsx';
import type { AddressCheck } from './useAddressCheck.ts';
import { useText } from '../text.ts';

interface AddressFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly check: AddressCheck;
}

/** An address under live check; a good one is shown again in blocks, to be compared with the wallet. */
export function AddressField({ label, text, onChange, check }: AddressFieldProps) {
  const { t, sentence } = useText();
  const call = useApp((state) => state.call);
  const [pictureProblem, setPictureProblem] = useState<Problem | null>(null);

  function change(next: string) {
    setPictureProblem(null);
    onChange(next);
  }

  /** Takes the text of a QR code; whether it is an address, the check says. */
  async function readPicture() {
    const answer = await call((bridge) => bridge.wallet.readPicture());
    if (!answer.ok) setPictureProblem(answer.error);
    else if (answer.value !== null) change(answer.value);
  }

  const error = pictureProblem
    ? sentence(pictureProblem)
    : check.state === 'failed'
      ? sentence(check.problem)
      : check.state === 'checked' && !check.report.valid
        ? sentence(check.report.problem)
        : undefined;
  return (
    <>
      <TextField
        mono
        label={label}
        value={text}
        onChange={change}
        placeholder={t('wallet.placeholder')}
        error={error}
        hint={check.state === 'checking' ? t('wallet.checking') : undefined}
      />
      <Button className={styles.start} onClick={() => void readPicture()}>
        <QrCode aria-hidden />
        {t('wallet.readPicture')}
      </Button>
      {check.state === 'checked' && check.report.valid && (
        <>
          <Notice tone="good">
            {t(`wallet.kinds.${check.report.kind}`)}
            {check.report.isFromLink && ` ${t('wallet.fromLink')}`}
          </Notice>
          <AddressBlocks address={check.report.address} />
          <p>{t('wallet.compare')}</p>
        </>
      )}
    </>
  );
}
