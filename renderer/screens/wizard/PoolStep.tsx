import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Badge } from '../../components/Badge.tsx';
import { LatencyMeter } from '../../components/knownPools/LatencyMeter.tsx';
import { knownPoolOptions } from '../../components/knownPools/knownPoolOptions.tsx';
import { KnownPoolDetails } from '../../components/knownPools/KnownPoolDetails.tsx';
import { useLatencies } from '../../components/knownPools/useLatencies.ts';
import { knownPool } from '../../components/poolChoice.ts';
import { newDraft, type PoolDraft } from '../../components/poolForm/draft.ts';
import { usePoolForm } from '../../components/poolForm/usePoolForm.tsx';
import { PaidBy } from '../../components/PaidBy.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useText } from '../../text.ts';
import { choiceOf, type StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';

const nothing = newDraft('stratum');

export function PoolStep({
  draft,
  change,
  onBack,
  onContinue,
}: StepProps & { readonly onBack: () => void }) {
  const text = useText();
  const { t } = text;
  const latencies = useLatencies();
  const { choice } = draft;
  const address = draft.address ?? '';
  const needsWallet = address === '' ? { hint: t('pool.needsWallet'), disabled: true } : {};
  const typed = 'pool' in choice ? choice : null;
  const form = usePoolForm(
    typed?.pool ?? nothing,
    (part: Partial<PoolDraft>) =>
      typed && change({ choice: { ...typed, pool: { ...typed.pool, ...part } } }),
    address,
  );

  async function chosen(): Promise<PoolSettings | null> {
    return choice.of === 'known' ? knownPool(choice.id, choice.tls) : form.finish();
  }

  async function go() {
    const pool = choice.of === 'practice' ? null : await chosen();
    if (pool === null && choice.of !== 'practice') return;
    change({ pool });
    onContinue();
  }

  return (
    <StepFrame
      title={t('pool.title')}
      lead={t('pool.lead')}
      onBack={onBack}
      onContinue={() => void go()}
      mayContinue={choice.of !== 'nothing' && (typed === null || form.maySave)}
    >
      <LatencyMeter latencies={latencies} />
      <RadioCards
        label={t('pool.choices')}
        value={choice.of === 'known' ? choice.id : choice.of}
        onChange={(name) => change({ choice: choiceOf(name), pool: null })}
        options={[
          ...knownPoolOptions(text, latencies).map((option) => ({ ...option, ...needsWallet })),
          { value: 'own', label: t('pool.own'), hint: t('pool.ownHint'), ...needsWallet },
          {
            value: 'p2pool',
            label: t('pool.p2pool'),
            hint: t('pool.p2poolHint'),
            aside: <Badge tone="good">{t('pool.recommended')}</Badge>,
          },
          { value: 'xmrig-proxy', label: t('pool.proxy'), hint: t('pool.proxyHint') },
          { value: 'node', label: t('pool.node'), hint: t('pool.nodeHint'), ...needsWallet },
          {
            value: 'practice',
            label: t('pool.practice'),
            hint: t('pool.practiceHint'),
            aside: <Badge tone="caution">{t('pool.earnsNothing')}</Badge>,
          },
        ]}
      />
      {typed !== null && form.fields}
      <PaidBy source={choice.of} />
      {choice.of === 'known' && (
        <KnownPoolDetails
          {...choice}
          address={address}
          onTls={(tls) => change({ choice: { ...choice, tls } })}
        />
      )}
    </StepFrame>
  );
}
