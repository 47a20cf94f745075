import { knownPools } from '../../../electron/contract/knownPools.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Badge } from '../../components/Badge.tsx';
import { ConnectionTest } from '../../components/ConnectionTest.tsx';
import { endpointText, knownPool } from '../../components/poolChoice.ts';
import { newDraft, type PoolDraft } from '../../components/poolForm/draft.ts';
import { usePoolForm } from '../../components/poolForm/usePoolForm.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useText } from '../../text.ts';
import { choiceOf, type PoolChoice, type StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';

const nothing = newDraft('stratum');

export function PoolStep({
  draft,
  change,
  onBack,
  onContinue,
}: StepProps & { readonly onBack: () => void }) {
  const { t } = useText();
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
      <RadioCards
        label={t('pool.choices')}
        value={choice.of === 'known' ? choice.id : choice.of}
        onChange={(name) => change({ choice: choiceOf(name), pool: null })}
        options={[
          ...knownPools.map((pool) => ({
            value: pool.id,
            label: pool.name,
            hint: endpointText(pool),
            aside: pool.tls ? <Badge>{t('pool.encrypted')}</Badge> : undefined,
            ...needsWallet,
          })),
          { value: 'own', label: t('pool.own'), hint: t('pool.ownHint'), ...needsWallet },
          { value: 'p2pool', label: t('pool.p2pool'), hint: t('pool.p2poolHint') },
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
      {choice.of === 'known' && (
        <KnownPoolTest
          choice={choice}
          address={address}
          onChoice={(next) => change({ choice: next })}
        />
      )}
    </StepFrame>
  );
}

interface KnownPoolTestProps {
  readonly choice: Extract<PoolChoice, { of: 'known' }>;
  readonly address: string;
  readonly onChoice: (choice: PoolChoice) => void;
}

function KnownPoolTest({ choice, address, onChoice }: KnownPoolTestProps) {
  return (
    <ConnectionTest
      key={choice.id}
      pool={() => Promise.resolve(knownPool(choice.id, choice.tls))}
      address={address}
      onTls={(tls) => onChoice({ ...choice, tls })}
    />
  );
}
