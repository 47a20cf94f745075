import type { EngineSpec } from '../engine/spec.ts';
import type { WorkSpec } from '../work/spec.ts';

export type { EngineSpec };

/**
 * Everything that decides what is mined, as plain data. Settings and arguments become a plan; `Session.follow` compares it
 * part by part with what runs, and changes only what differs.
 */
export interface MinePlan {
  readonly work: WorkSpec;
  readonly engine: EngineSpec;
}
