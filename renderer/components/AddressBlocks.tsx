import { cx } from './cx.ts';
import styles from './AddressBlocks.module.css';
import { useText } from '../text.ts';

const BLOCK = 8;

/** The whole address in large blocks, its ends emphasised, so that people can compare it with their wallet. */
export function AddressBlocks({ address }: { readonly address: string }) {
  const { t } = useText();
  const blocks = address.match(new RegExp(`.{1,${BLOCK}}`, 'gu')) ?? [];
  return (
    <div className={styles.blocks} role="group" aria-label={t('wallet.addressLabel')}>
      {blocks.map((block, index) => (
        <span
          key={index}
          className={cx(styles.block, (index === 0 || index === blocks.length - 1) && styles.end)}
        >
          {block}
        </span>
      ))}
    </div>
  );
}

/** First and last characters, for places where the whole address would be noise. */
export function shortAddress(address: string): string {
  return address.length <= 20 ? address : `${address.slice(0, 8)}…${address.slice(-8)}`;
}
