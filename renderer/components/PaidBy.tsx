import { ownSources } from '../../electron/contract/knownPools.ts';
import { useText } from '../text.ts';
import styles from './Field.module.css';

const sentences = { p2pool: 'pool.p2poolPays', 'xmrig-proxy': 'pool.proxyPays' } as const;
const ids = { p2pool: 'p2pool', node: 'solo', daemon: 'solo' } as const;

/** Of software of the user's own: what is known of its fee and payouts, and where it was told whom it pays, if not in this app. */
export function PaidBy({ source }: { readonly source: string }) {
  const { t } = useText();
  return (
    <>
      {(source === 'p2pool' || source === 'xmrig-proxy') && (
        <p className={styles.hint}>{t(sentences[source])}</p>
      )}
      {source in ids && <Facts id={ids[source as keyof typeof ids]} />}
    </>
  );
}

function Facts({ id }: { readonly id: 'p2pool' | 'solo' }) {
  const { t, language } = useText();
  const { feePercent, minimumPayoutXmr, asOf } = ownSources.find((one) => one.id === id) ?? {};
  if (feePercent == null || minimumPayoutXmr == null || asOf === undefined) return null;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 12 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <p className={styles.hint}>
      {t('pool.ownFacts', {
        percent: number.format(feePercent),
        amount: number.format(minimumPayoutXmr),
        date: day.format(new Date(asOf)),
      })}
    </p>
  );
}
