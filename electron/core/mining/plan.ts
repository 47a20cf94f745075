import type { WorkSpec } from '../work/spec.ts';

/**
 * Everything that decides what is mined, as plain data. Settings and arguments become a plan; `Session.follow` compares it
 * part by part with what runs, and changes only what differs.
 */
export interface MinePlan {
  readonly work: WorkSpec;
  readonly engine: EngineSpec;
}

export interface EngineSpec {
  readonly threads: 'recommended' | { readonly count: number };
  readonly mode: 'auto' | 'fast' | 'light';
}
