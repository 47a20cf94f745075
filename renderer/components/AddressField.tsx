import { AddressBlocks } from './AddressBlocks.tsx';
import { Notice } from './Notice.tsx';
import { TextField } from './TextField.tsx';
import { checkedAddress, type AddressCheck } from './useAddressCheck.ts';
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
  const address = checkedAddress(text, check);
  const error =
    check.state === 'failed'
      ? sentence(check.problem)
      : check.state === 'checked' && !check.report.valid
        ? check.report.message
        : undefined;
  return (
    <>
      <TextField
        mono
        label={label}
        value={text}
        onChange={onChange}
        placeholder={t('wallet.placeholder')}
        error={error}
        hint={check.state === 'checking' ? t('wallet.checking') : undefined}
      />
      {address !== null && check.state === 'checked' && (
        <>
          <Notice tone="good">{check.report.message}</Notice>
          <AddressBlocks address={address} />
          <p>{t('wallet.compare')}</p>
        </>
      )}
    </>
  );
}
