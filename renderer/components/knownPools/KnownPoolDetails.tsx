import ExternalLink from 'lucide-react/icons/external-link';
import type { ReactNode } from 'react';
import {
  knownPools,
  type KnownPool,
  type KnownPoolId,
} from '../../../electron/contract/knownPools.ts';
import type { TlsSettings } from '../../../electron/contract/settings.ts';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { Button } from '../Button.tsx';
import { ConnectionTest } from '../ConnectionTest.tsx';
import { knownPool } from '../poolChoice.ts';
import styles from './KnownPools.module.css';

interface KnownPoolDetailsProps {
  readonly id: KnownPoolId;
  /** Of the certificate that the user trusted, if any. */
  readonly tls?: TlsSettings;
  readonly address: string;
  readonly onTls: (tls: TlsSettings) => void;
}

/** A pool that was chosen by name: what is known of it, and the test. */
export function KnownPoolDetails({ id, tls, address, onTls }: KnownPoolDetailsProps) {
  const pool = knownPools.find((known) => known.id === id);
  return (
    <>
      {pool && <PoolFacts pool={pool} />}
      <ConnectionTest
        key={id}
        pool={() => Promise.resolve(knownPool(id, tls))}
        address={address}
        onTls={onTls}
      />
    </>
  );
}

/** From where and from when it is known, and the page that knows better. */
function PoolFacts({ pool }: { readonly pool: KnownPool }) {
  const { t, language } = useText();
  const run = useApp((state) => state.run);
  const { id, name, ports, region, feePercent, minimumPayoutXmr, source, asOf } = pool;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 12 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const portList = ports.map(({ port, tls }) => (tls ? `${port} (${t('pool.tlsShort')})` : port));
  return (
    <section className={styles.facts} aria-label={t('pool.facts.title', { name })}>
      <dl className={styles.list}>
        <Fact name={t('pool.facts.region')}>{t(`pool.regions.${region}`)}</Fact>
        <Fact name={t('pool.facts.ports')}>
          {new Intl.ListFormat(language, { style: 'narrow' }).format(portList.map(String))}
        </Fact>
        <Fact name={t('pool.facts.fee')}>
          {feePercent === null
            ? t('pool.facts.onItsPage')
            : t('pool.facts.percent', { percent: number.format(feePercent) })}
        </Fact>
        <Fact name={t('pool.facts.payout')}>
          {minimumPayoutXmr === null
            ? t('pool.facts.onItsPage')
            : t('pool.facts.amount', { amount: number.format(minimumPayoutXmr) })}
        </Fact>
        <Fact name={t('pool.facts.source')}>
          {t('pool.facts.sourceOf', {
            source: t(`pool.sources.${source}`),
            date: day.format(new Date(asOf)),
          })}
        </Fact>
      </dl>
      <Button onClick={() => void run((bridge) => bridge.link.open({ id }))}>
        <ExternalLink aria-hidden />
        {t('pool.facts.open', { page: new URL(pool.website).host })}
      </Button>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
