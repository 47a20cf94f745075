import type { Money } from '../../../../electron/contract/money.ts';
import {
  compact,
  currency as inCurrency,
  decimal,
  hashrateText,
  significant,
} from '../../../../electron/contract/text/numbers.ts';
import { asOf } from '../../../../electron/contract/text/time.ts';
import { Line, Lines } from '../../../components/Figure.tsx';
import { useReady } from '../../../store/StoreContext.tsx';
import { useText } from '../../../text.ts';
import styles from './Money.module.css';

interface InputLinesProps {
  readonly money: Money;
  readonly nowMs: number;
}

/** What the estimate is made of: each figure, where it comes from, and of when it is. */
export function InputLines({ money, nowMs }: InputLinesProps) {
  const { t, language } = useText();
  const { currency, pricePerXmr, tariffPerKwh } = useReady().settings.money;
  const { rate, network, power } = money;
  const from = (
    source: 'rate' | 'typed' | 'tariffMean' | 'node' | 'p2pool' | 'pool' | 'measured',
    atMs: number,
  ) => t(`money.source.${source}`, { time: asOf(atMs, nowMs, language) });
  const price = (value: number) => inCurrency(value, currency, language);
  const lines = [
    rate && {
      name: 'rate' as const,
      value: hashrateText(rate.hashesPerSecond, language),
      from: from('rate', rate.atMs),
    },
    network && {
      name: 'difficulty' as const,
      value: compact(network.difficulty, language),
      from: from(network.source, network.atMs),
    },
    network && {
      name: 'reward' as const,
      value: t('money.xmr', { xmr: significant(network.rewardXmr, language) }),
      from: from(network.source, network.atMs),
    },
    pricePerXmr && {
      name: 'price' as const,
      value: price(pricePerXmr.value),
      from: from('typed', pricePerXmr.atMs),
    },
    power && {
      name: 'watts' as const,
      value: t('dashboard.watts', { watts: decimal(power.watts, language) }),
      from: from(power.source, power.atMs),
    },
    tariffPerKwh && {
      name: 'tariff' as const,
      value: price(money.tariffPerKwh ?? tariffPerKwh.value),
      from: from(tariffPerKwh.windows.length > 0 ? 'tariffMean' : 'typed', tariffPerKwh.atMs),
    },
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <section aria-label={t('money.madeOf')}>
      <h3 className={styles.subtitle}>{t('money.madeOf')}</h3>
      <Lines>
        {lines.map(({ name, value, from: origin }) => (
          <Line key={name} name={t(`money.input.${name}`)}>
            {value} <span className={styles.origin}>{origin}</span>
          </Line>
        ))}
      </Lines>
    </section>
  );
}
