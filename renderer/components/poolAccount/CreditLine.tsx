import { Popover } from '@base-ui/react/popover';
import Info from 'lucide-react/icons/info';
import { useRef } from 'react';
import type { Credit } from '../../../electron/contract/poolAccount.ts';
import { compact, integer, percent } from '../../../electron/contract/text/numbers.ts';
import { duration, period } from '../../../electron/contract/text/time.ts';
import { useText } from '../../text.ts';
import { buttonClass } from '../Button.tsx';
import { Line, Lines } from '../Figure.tsx';
import styles from './PoolAccount.module.css';

interface CreditLineProps {
  readonly name: string;
  /** It is the user's own: there is nobody to ask. */
  readonly isOwn?: boolean;
  readonly credit: Credit;
}

/** What was sent against what the pool says it credited, in a line, and how that is compared. */
export function CreditLine({ name, isOwn = false, credit }: CreditLineProps) {
  const { t, language } = useText();
  // The popover stays inside the page's landmarks instead of going to the end of the body.
  const holder = useRef<HTMLDivElement>(null);
  const { verdict, fromMs, untilMs, sentHashes, creditedHashes } = credit;
  const values = {
    pool: name,
    time: duration(untilMs - fromMs, language),
    percent: percent(sentHashes > 0 ? creditedHashes / sentHashes : 0, language),
  };
  return (
    <div ref={holder} className={styles.credit}>
      <p>
        {verdict === 'tooShort'
          ? t('account.credit.tooShort')
          : t(`account.credit.${isOwn && verdict === 'less' ? 'lessOwn' : verdict}`, values)}
      </p>
      <Popover.Root>
        <Popover.Trigger className={buttonClass('ghost')}>
          <Info aria-hidden />
          {t('account.credit.how')}
        </Popover.Trigger>
        <Popover.Portal container={holder}>
          <Popover.Positioner className={styles.positioner} sideOffset={6} align="start">
            <Popover.Popup className={styles.popup}>
              <Popover.Title className={styles.popupTitle}>
                {t('account.credit.title')}
              </Popover.Title>
              <Figures credit={credit} />
              <Popover.Description className={styles.quiet}>
                {t('account.credit.explanation')}
              </Popover.Description>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function Figures({ credit }: { readonly credit: Credit }) {
  const { t, language } = useText();
  const { fromMs, untilMs, shares, sentHashes, creditedHashes, lowHashes, highHashes } = credit;
  const hashes = (value: number) => compact(value, language);
  return (
    <Lines>
      <Line name={t('account.credit.span')}>{period(fromMs, untilMs, language)}</Line>
      <Line name={t('account.credit.shares')}>{integer(shares, language)}</Line>
      <Line name={t('account.credit.sent')}>{hashes(sentHashes)}</Line>
      <Line name={t('account.credit.credited')}>{hashes(creditedHashes)}</Line>
      {credit.verdict !== 'tooShort' && (
        <Line name={t('account.credit.chance')}>
          {t('account.credit.range', { low: hashes(lowHashes), high: hashes(highHashes) })}
        </Line>
      )}
    </Lines>
  );
}
