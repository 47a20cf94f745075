import { useText } from '../text.ts';
import styles from './Field.module.css';

const sentences = { p2pool: 'pool.p2poolPays', 'xmrig-proxy': 'pool.proxyPays' } as const;

/** Of software that was told elsewhere whom it pays: where. Nothing of what pays the address typed in this app. */
export function PaidBy({ source }: { readonly source: string }) {
  const { t } = useText();
  if (source !== 'p2pool' && source !== 'xmrig-proxy') return null;
  return <p className={styles.hint}>{t(sentences[source])}</p>;
}
