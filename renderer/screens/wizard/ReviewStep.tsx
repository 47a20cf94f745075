import { useState, type ReactNode } from 'react';
import { AddressBlocks } from '../../components/AddressBlocks.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { endpointText, needsTlsConfirmation } from '../../components/poolChoice.ts';
import { threadsOf } from '../../components/PowerChoice.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import type { Draft } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';
import type { Step } from './Wizard.tsx';
import styles from './Wizard.module.css';
import { useText } from '../../text.ts';

interface ReviewStepProps {
  readonly draft: Draft;
  readonly onBack: () => void;
  readonly onEdit: (step: Step) => void;
}

/** Everything once more; confirming writes it in one go and starts nothing. */
export function ReviewStep({ draft, onBack, onEdit }: ReviewStepProps) {
  const { t, language } = useText();
  const { system } = useReady();
  const update = useApp((state) => state.update);
  const [saving, setSaving] = useState(false);
  const { address, choice, pool, power, rules } = draft;
  const practises = choice.of === 'practice';
  if (!pool && !practises) return null;

  async function finish() {
    setSaving(true);
    await update({
      wallet: address === null ? null : { address },
      work: practises ? 'practice' : 'pools',
      ...(pool && { pools: [pool] }),
      power,
      rules,
    });
    setSaving(false);
  }

  const ruleNames = [
    rules.pauseOnBattery && system.batteryKnown && t('power.battery'),
    rules.onlyWhenIdle && system.idleKnown && t('power.idle'),
  ].filter((name) => name !== false);

  return (
    <StepFrame
      title={t('review.title')}
      lead={t('review.lead')}
      onBack={onBack}
      onContinue={() => void finish()}
      mayContinue={!saving}
      continueLabel={t('review.finish')}
    >
      <dl className={styles.review}>
        <Row name={t('wizard.wallet')} onEdit={() => onEdit('wallet')}>
          {address === null ? t('review.walletNone') : <AddressBlocks address={address} />}
        </Row>
        <Row name={t('wizard.pool')} onEdit={() => onEdit('pool')}>
          {pool === null ? (
            <>
              {t('pool.practice')} <Badge tone="caution">{t('pool.earnsNothing')}</Badge>
            </>
          ) : (
            <>
              {endpointText(pool)}{' '}
              {pool.tls.use !== 'none' && <Badge tone="good">{t('pool.encrypted')}</Badge>}
              {needsTlsConfirmation(pool) && <Badge tone="caution">{t('pool.plain')}</Badge>}
            </>
          )}
        </Row>
        <Row name={t('wizard.power')} onEdit={() => onEdit('power')}>
          {t('review.power', {
            profile: t(`power.${power.profile}`),
            threads: t('power.threads', { count: threadsOf(power, system) }),
          })}
        </Row>
        <Row name={t('review.rules')} onEdit={() => onEdit('power')}>
          {ruleNames.length > 0
            ? new Intl.ListFormat(language).format(ruleNames)
            : t('review.noRules')}
        </Row>
      </dl>
    </StepFrame>
  );
}

interface RowProps {
  readonly name: string;
  readonly onEdit: () => void;
  readonly children: ReactNode;
}

function Row({ name, onEdit, children }: RowProps) {
  const { t } = useText();
  return (
    <div className={styles.reviewRow}>
      <dt>{name}</dt>
      <dd className={styles.reviewValue}>{children}</dd>
      <dd>
        <Button variant="ghost" onClick={onEdit}>
          {t('review.edit')} <span className="visually-hidden">{name}</span>
        </Button>
      </dd>
    </div>
  );
}
