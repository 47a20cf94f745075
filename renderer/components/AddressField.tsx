import { AddressBlocks } from './AddressBlocks.tsx';
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
  const error =
    check.state === 'failed'
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
        onChange={onChange}
        placeholder={t('wallet.placeholder')}
        error={error}
        hint={check.state === 'checking' ? t('wallet.checking') : undefined}
      />
      {check.state === 'checked' && check.report.valid && (
        <>
          <Notice tone="good">{t(`wallet.kinds.${check.report.kind}`)}</Notice>
          <AddressBlocks address={check.report.address} />
          <p>{t('wallet.compare')}</p>
        </>
      )}
    </>
  );
}
