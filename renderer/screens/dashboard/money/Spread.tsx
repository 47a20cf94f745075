import type { Money, Range } from '../../../../electron/contract/money.ts';
import {
  currency as inCurrency,
  finePercent,
  significant,
} from '../../../../electron/contract/text/numbers.ts';
import { roughly } from '../../../../electron/contract/text/time.ts';
import { useReady } from '../../../store/StoreContext.tsx';
import { useText } from '../../../text.ts';
import styles from './Money.module.css';

/** A smaller chance of nothing is none. */
const WORTH_TELLING = 0.0001;

interface SpreadProps {
  readonly chance: NonNullable<Money['chance']>;
  readonly income: Range | null;
  readonly net: Range | null;
}

/** How far chance takes a day from the average. */
export function Spread({ chance, income, net }: SpreadProps) {
  const { t, language } = useText();
  const { currency } = useReady().settings.money;
  const { unit, unitEveryMs, unitXmr, lowXmr, highXmr, nothing } = chance;
  const price = (value: number) => inCurrency(value, currency, language);
  const between = {
    low: t('money.xmr', { xmr: significant(lowXmr, language) }),
    high: t('money.xmr', { xmr: significant(highXmr, language) }),
  };
  const ofNet = net && { low: price(net.low), high: price(net.high) };
  return (
    <div className={styles.spread}>
      <p>
        {highXmr > 0 ? t('money.mostDays', between) : t('money.mostDaysNothing')}
        {highXmr > 0 && income && ` (${price(income.low)} – ${price(income.high)})`}.{' '}
        {nothing >= WORTH_TELLING && t('money.nothing', { chance: finePercent(nothing, language) })}
      </p>
      {ofNet && ofNet.low !== ofNet.high && <p>{t('money.mostDaysNet', ofNet)}</p>}
      <p className={styles.quiet}>
        {t(`money.unit.${unit}`, {
          time: roughly(unitEveryMs, language),
          xmr: significant(unitXmr, language),
        })}
      </p>
    </div>
  );
}
