import { knownPoolId, type KnownPoolId } from '../../../electron/contract/knownPools.ts';
import type { PoolSettings, Settings, TlsSettings } from '../../../electron/contract/settings.ts';
import { ownDraft } from '../../components/poolChoice.ts';
import { draftOf, newDraft, type PoolDraft } from '../../components/poolForm/draft.ts';

/** Those that are described by their fields. */
export const described = ['own', 'p2pool', 'xmrig-proxy', 'node'] as const;
export type Described = (typeof described)[number];

/** Where the pool step stands. */
export type PoolChoice =
  | { readonly of: 'nothing' }
  | { readonly of: 'practice' }
  /** `tls`: taken over from the connection test. */
  | { readonly of: 'known'; readonly id: KnownPoolId; readonly tls?: TlsSettings }
  | { readonly of: Described; readonly pool: PoolDraft };

export function choiceOf(name: string): PoolChoice {
  switch (name) {
    case 'practice':
      return { of: name };
    case 'own':
      return { of: name, pool: newDraft('stratum') };
    case 'node':
      return { of: name, pool: ownDraft('solo') };
    case 'p2pool':
    case 'xmrig-proxy':
      return { of: name, pool: ownDraft(name) };
    default: {
      const id = knownPoolId.safeParse(name);
      return id.success ? { of: 'known', id: id.data } : { of: 'nothing' };
    }
  }
}

/** What the wizard has gathered; nothing of it is kept before the review is confirmed. */
export interface Draft {
  /** Null: without a wallet. */
  readonly address: string | null;
  /** As typed, so that going back finds it again. */
  readonly addressText: string;
  readonly choice: PoolChoice;
  /** What is chosen, complete; null: practice, or nothing yet. */
  readonly pool: PoolSettings | null;
  readonly power: Settings['power'];
  readonly rules: Settings['rules'];
}

export function draftFrom({ wallet, work, pools: [first], power, rules }: Settings): Draft {
  const address = wallet?.address ?? null;
  const choice: PoolChoice =
    work === 'practice'
      ? { of: 'practice' }
      : first === undefined
        ? { of: 'nothing' }
        : { of: first.kind === 'daemon' ? 'node' : 'own', pool: draftOf(first) };
  return { address, addressText: address ?? '', choice, pool: null, power, rules };
}

export interface StepProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly onContinue: () => void;
}
