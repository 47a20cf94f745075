import type { PoolSettings, Settings } from '../../../electron/contract/settings.ts';

/** Where the pool step stands: a known pool by its id, or one of the other kinds. */
export type PoolChoice = string;
export const OWN = 'own';
export const P2POOL = 'p2pool';
export const NODE = 'node';
export const PRACTICE = 'practice';

/** What the wizard has gathered; nothing of it is kept before the review is confirmed. */
export interface Draft {
  /** Null: practise without a wallet. */
  readonly address: string | null;
  /** As typed, so that going back finds it again. */
  readonly addressText: string;
  readonly choice: PoolChoice | null;
  readonly poolText: string;
  readonly pool: PoolSettings | null;
  readonly power: Settings['power'];
  readonly rules: Settings['rules'];
}

export function draftFrom(settings: Settings): Draft {
  const address = settings.wallet?.address ?? null;
  return {
    address,
    addressText: address ?? '',
    choice: null,
    poolText: '',
    pool: settings.work === 'practice' ? null : (settings.pools[0] ?? null),
    power: settings.power,
    rules: settings.rules,
  };
}

export interface StepProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly onContinue: () => void;
}
