import type { Algorithm, MinerState, Mode, PageKind, PagePolicy, RegionPages } from './types.ts';

/** Numbers of the C ABI for the words of the JavaScript API, and back. */

export const algorithmNumber: Readonly<Record<Algorithm, number>> = {
  'rx/0': 0,
  'rx/2': 1,
  'cn/1': 2,
};
export const modeNumber: Readonly<Record<Mode, number>> = { auto: 0, light: 1, fast: 2 };
/** For caches of algorithms without a key. */
export const KEYLESS_MODE = 3;
export const pathNumber = { jit: 0, interpreter: 1 } as const;
export const noncesNumber = { ofMiner: 0, ofProcess: 1 } as const;
export const roundingNumber = { auto: 0, control: 1, embedded: 2 } as const;
export const prefetchNumber = { auto: 0, t0: 1, nta: 2, none: 3 } as const;
export const priorityNumber = { background: 0, normal: 1 } as const;
export const pagesNumber: Readonly<Record<PagePolicy, number>> = {
  auto: 0,
  '1g': 1,
  '2m': 2,
  thp: 3,
  '4k': 4,
};

const regionPages: readonly (PageKind | 'none')[] = ['none', '1g', '2m', 'thp', '4k'];
const states: readonly MinerState[] = [
  'idle',
  'preparing',
  'light',
  'fast',
  'paused',
  'stopping',
  'stopped',
  'failed',
];

export function toRegionPages(number: number): RegionPages {
  return regionPages[number] ?? 'none';
}

export function toState(number: number): MinerState {
  return states[number] ?? 'failed';
}
