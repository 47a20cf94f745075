import { useState, type ReactNode } from 'react';
import type { KnownPoolId } from '../../../electron/contract/knownPools.ts';
import type { PoolSettings, TlsSettings } from '../../../electron/contract/settings.ts';
import { useText } from '../../text.ts';
import { knownPool } from '../poolChoice.ts';
import { RadioCards } from '../RadioCards.tsx';
import { KnownPoolDetails } from './KnownPoolDetails.tsx';
import { LatencyMeter } from './LatencyMeter.tsx';
import { knownPoolOptions } from './knownPoolOptions.tsx';
import { useLatencies } from './useLatencies.ts';

interface KnownPoolChoice {
  readonly fields: ReactNode;
  /** Null while none is chosen. */
  readonly pool: PoolSettings | null;
}

/** One of the pools offered by name. */
export function useKnownPoolChoice(address: string): KnownPoolChoice {
  const text = useText();
  const latencies = useLatencies();
  const [choice, setChoice] = useState<{ id: KnownPoolId; tls?: TlsSettings } | null>(null);
  return {
    pool: choice && knownPool(choice.id, choice.tls),
    fields: (
      <>
        <LatencyMeter latencies={latencies} />
        <RadioCards
          label={text.t('pool.known')}
          value={choice?.id ?? null}
          onChange={(id) => setChoice({ id })}
          options={knownPoolOptions(text, latencies)}
        />
        {choice && (
          <KnownPoolDetails
            {...choice}
            address={address}
            onTls={(tls) => setChoice({ ...choice, tls })}
          />
        )}
      </>
    ),
  };
}
