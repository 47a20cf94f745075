import { useState } from 'react';
import type { Money } from '../../../../electron/contract/money.ts';
import {
  currency as inCurrency,
  integer,
  NO_FIGURE,
  significant,
} from '../../../../electron/contract/text/numbers.ts';
import { Button } from '../../../components/Button.tsx';
import { Card } from '../../../components/Card.tsx';
import { Figure, Figures } from '../../../components/Figure.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { CreditLine } from '../../../components/poolAccount/CreditLine.tsx';
import { PoolAccount } from '../../../components/poolAccount/PoolAccount.tsx';
import { usePoolAccounts } from '../../../components/poolAccount/usePoolAccounts.ts';
import { useMinuteMs, usePart, useReady } from '../../../store/StoreContext.tsx';
import { useText } from '../../../text.ts';
import { InputLines } from './InputLines.tsx';
import styles from './Money.module.css';
import { MoneyDialog } from './MoneyDialog.tsx';
import { Spread } from './Spread.tsx';

/** What mining brings and costs, and what that is made of. */
export function MoneyCard() {
  const { t } = useText();
  const money = usePart('money');
  const practice = usePart('practice');
  const nowMs = useMinuteMs();
  const [isEditing, setEditing] = useState(false);
  const accounts = usePoolAccounts();
  if (!money) return null;
  return (
    <Card
      tour="money"
      title={t('money.title')}
      aside={<Button onClick={() => setEditing(true)}>{t('money.edit')}</Button>}
    >
      {practice === true && <p className={styles.quiet}>{t('money.practice')}</p>}
      {money.meanXmr === null && money.power === null ? (
        <p>{t('money.empty')}</p>
      ) : (
        <Estimate money={money} />
      )}
      {money.p2poolFault && (
        <Notice tone="caution">{t(`money.p2poolFault.${money.p2poolFault}`)}</Notice>
      )}
      <Needed money={money} />
      <InputLines money={money} nowMs={nowMs} />
      {accounts.map((account) => (
        <PoolAccount key={account.pool} state={account} nowMs={nowMs} />
      ))}
      {money.p2poolCredit && <CreditLine isOwn name="P2Pool" credit={money.p2poolCredit} />}
      {isEditing && <MoneyDialog money={money} onClose={() => setEditing(false)} />}
    </Card>
  );
}

function Estimate({ money }: { readonly money: Money }) {
  const { t, language } = useText();
  const { currency } = useReady().settings.money;
  const { meanXmr, income, cost, net, kilowattHours, joulesPerMegahash, verdict } = money;
  const price = (value: number) => inCurrency(value, currency, language);
  const figure = (value: number | null, of: (known: number) => string) =>
    value === null ? NO_FIGURE : of(value);
  return (
    <>
      <Figures>
        <Figure large name={t('money.brings')}>
          {figure(meanXmr, (xmr) => t('money.xmr', { xmr: significant(xmr, language) }))}
        </Figure>
        {income && (
          <Figure large name={t('money.worth')}>
            {price(income.mean)}
          </Figure>
        )}
        <Figure large name={t('money.costs')}>
          {figure(cost, price)}
        </Figure>
        <Figure large name={t('money.net')}>
          {net ? price(net.mean) : NO_FIGURE}
        </Figure>
        {joulesPerMegahash !== null && kilowattHours !== null && (
          <Figure large name={t('money.energy')}>
            {t('money.joules', { joules: integer(joulesPerMegahash, language) })}
          </Figure>
        )}
      </Figures>
      {verdict === 'costsMore' && net && (
        <Notice tone="caution" title={t('money.costsMore')}>
          {t('money.costsMoreText', { lost: price(-net.mean) })}
        </Notice>
      )}
      {money.chance && <Spread chance={money.chance} income={income} net={net} />}
      <p className={styles.quiet}>{t('money.noPromise')}</p>
    </>
  );
}

function Needed({ money: { missing } }: { readonly money: Money }) {
  const { t } = useText();
  if (missing.length === 0) return null;
  return (
    <div className={styles.quiet}>
      <p>{t('money.needed')}</p>
      <ul className={styles.needed}>
        {missing.map((input) => (
          <li key={input}>{t(`money.need.${input}`)}</li>
        ))}
      </ul>
    </div>
  );
}
