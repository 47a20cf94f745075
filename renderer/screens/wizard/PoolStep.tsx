import { useState } from 'react';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Badge } from '../../components/Badge.tsx';
import { CheckField } from '../../components/CheckField.tsx';
import { ConnectionTest } from '../../components/ConnectionTest.tsx';
import { Notice } from '../../components/Notice.tsx';
import {
  endpointText,
  fingerprintOf,
  knownPool,
  needsTlsConfirmation,
  newPoolId,
  ownSource,
  tlsIf,
} from '../../components/poolChoice.ts';
import { RadioCards } from '../../components/RadioCards.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { NODE, OWN, P2POOL, PRACTICE, type StepProps } from './draft.ts';
import { StepFrame } from './StepFrame.tsx';
import { useText } from '../../text.ts';

export function PoolStep({
  draft,
  change,
  onBack,
  onContinue,
}: StepProps & { readonly onBack: () => void }) {
  const { t, sentence } = useText();
  const call = useApp((state) => state.call);
  const [error, setError] = useState<string>();
  const [plainPool, setPlainPool] = useState<PoolSettings | null>(null);
  const [plainConfirmed, setPlainConfirmed] = useState(false);
  const { choice, poolText, address } = draft;
  const typed = choice === OWN || choice === NODE;
  const withoutWallet = address === null;
  const needsWallet = withoutWallet ? { hint: t('pool.needsWallet'), disabled: true } : {};

  function forget() {
    setError(undefined);
    setPlainPool(null);
    setPlainConfirmed(false);
  }

  /** The pool that the form describes; says in the form what is missing. */
  async function resolve(fingerprint?: string): Promise<PoolSettings | null> {
    if (choice === null) return null;
    if (choice === P2POOL) return ownSource(P2POOL);
    if (!typed) return knownPool(choice);
    const parsed = await call((bridge) => bridge.pool.parse({ text: poolText }));
    if (!parsed.ok) {
      setError(sentence(parsed.error));
      return null;
    }
    const { host, port, tls } = parsed.value;
    const place = { id: newPoolId(), name: host, host, port, tls: tlsIf(tls, fingerprint) };
    return choice === NODE
      ? { ...place, kind: 'daemon' }
      : { ...place, kind: 'stratum', login: { use: 'wallet' }, password: 'x' };
  }

  async function go() {
    if (choice === PRACTICE) {
      change({ pool: null });
      onContinue();
      return;
    }
    const pool = await resolve(draft.pool ? fingerprintOf(draft.pool) : undefined);
    if (!pool) return;
    if (needsTlsConfirmation(pool) && !plainConfirmed) {
      setPlainPool(pool);
      return;
    }
    change({ pool });
    onContinue();
  }

  return (
    <StepFrame
      title={t('pool.title')}
      lead={t('pool.lead')}
      onBack={onBack}
      onContinue={() => void go()}
      mayContinue={
        choice !== null &&
        (!typed || poolText.trim() !== '') &&
        (plainPool === null || plainConfirmed)
      }
    >
      <RadioCards
        label={t('pool.choices')}
        value={choice}
        onChange={(next) => {
          forget();
          change({ choice: next, pool: null });
        }}
        options={[
          ...knownPools.map((pool) => ({
            value: pool.id,
            label: pool.name,
            hint: endpointText(pool),
            aside: pool.tls ? <Badge>{t('pool.encrypted')}</Badge> : undefined,
            ...needsWallet,
          })),
          { value: OWN, label: t('pool.own'), hint: t('pool.ownHint'), ...needsWallet },
          { value: P2POOL, label: t('pool.p2pool'), hint: t('pool.p2poolHint') },
          { value: NODE, label: t('pool.node'), hint: t('pool.nodeHint'), ...needsWallet },
          {
            value: PRACTICE,
            label: t('pool.practice'),
            hint: t('pool.practiceHint'),
            aside: <Badge tone="caution">{t('pool.earnsNothing')}</Badge>,
          },
        ]}
      />
      {typed && (
        <TextField
          key={choice}
          mono
          label={choice === NODE ? t('pool.nodeAddress') : t('pool.address')}
          hint={choice === NODE ? t('pool.nodeAddressHint') : t('pool.addressHint')}
          value={poolText}
          onChange={(text) => {
            forget();
            change({ poolText: text, pool: null });
          }}
          error={error}
        />
      )}
      {plainPool !== null && (
        <Notice tone="caution" alert>
          <p>{t('pool.noTls')}</p>
          <CheckField
            label={t('pool.noTlsConfirm')}
            checked={plainConfirmed}
            onChange={setPlainConfirmed}
          />
        </Notice>
      )}
      {choice !== null && choice !== PRACTICE && (!typed || poolText.trim() !== '') && (
        <ConnectionTest
          key={`${choice} ${poolText}`}
          pool={() => resolve(draft.pool ? fingerprintOf(draft.pool) : undefined)}
          address={address ?? ''}
          onTrust={(fingerprint) => void resolve(fingerprint).then((pool) => change({ pool }))}
        />
      )}
    </StepFrame>
  );
}
