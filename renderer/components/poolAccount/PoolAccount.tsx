import type { PoolAccountState } from '../../../electron/contract/poolAccount.ts';
import { hashrateText, NO_FIGURE, significant } from '../../../electron/contract/text/numbers.ts';
import { asOf } from '../../../electron/contract/text/time.ts';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { Figure, Figures } from '../Figure.tsx';
import { Notice } from '../Notice.tsx';
import { SwitchRow } from '../SwitchRow.tsx';
import { CreditLine } from './CreditLine.tsx';
import styles from './PoolAccount.module.css';

interface PoolAccountProps {
  readonly state: PoolAccountState;
  readonly nowMs: number;
}

/** Whether a pool is asked what it owes the user, and what it says. */
export function PoolAccount({ state, nowMs }: PoolAccountProps) {
  const { t, sentence } = useText();
  const { askedPools } = useReady().settings;
  const update = useApp((app) => app.update);
  const { pool, name, host, proxy, isAsked, account, fault, credit } = state;
  const others = askedPools.filter((id) => id !== pool);
  return (
    <div className={styles.account}>
      <SwitchRow
        label={t('account.switch', { pool: name })}
        hint={
          proxy === null ? t('account.hint', { host }) : t('account.hintProxy', { host, proxy })
        }
        checked={isAsked}
        onChange={(on) => void update({ askedPools: on ? [...others, pool] : others })}
      />
      {isAsked && fault && <Notice tone="caution">{sentence(fault)}</Notice>}
      {isAsked && !fault && !account && (
        <p className={styles.quiet}>{t('account.asking', { host })}</p>
      )}
      {isAsked && account && <Said name={name} account={account} nowMs={nowMs} />}
      {isAsked && credit && <CreditLine name={name} credit={credit} />}
    </div>
  );
}

interface SaidProps {
  readonly name: string;
  readonly account: NonNullable<PoolAccountState['account']>;
  readonly nowMs: number;
}

function Said({ name, account, nowMs }: SaidProps) {
  const { t, language } = useText();
  const { atMs, dueXmr, paidXmr, payoutXmr, hashesPerSecond } = account;
  const xmr = (value: number | null) =>
    value === null ? NO_FIGURE : t('money.xmr', { xmr: significant(value, language) });
  return (
    <section className={styles.said} aria-label={t('account.title', { pool: name })}>
      <Figures>
        <Figure name={t('account.due')}>{xmr(dueXmr)}</Figure>
        <Figure name={t('account.paid')}>{xmr(paidXmr)}</Figure>
        {payoutXmr !== null && <Figure name={t('account.payout')}>{xmr(payoutXmr)}</Figure>}
        <Figure name={t('account.rate')}>{hashrateText(hashesPerSecond, language)}</Figure>
      </Figures>
      <p className={styles.quiet}>{t('account.said', { time: asOf(atMs, nowMs, language) })}</p>
    </section>
  );
}
