import type { KeptForkRehearsal } from '../../electron/contract/health.ts';
import { success } from '../../electron/contract/result.ts';
import type { Bridge } from '../bridge.ts';

/** What is measured when the user asks for it. It goes on while he looks at another screen, and its outcome stays until the next one. */
export const onDemandCalls = {
  pagesGain: (bridge: Bridge) => bridge.health.measurePages(),
  forkRehearsal: (bridge: Bridge) => bridge.health.rehearseFork(),
  selfTest: (bridge: Bridge) => bridge.health.testEngine(),
};
export type OnDemandName = keyof typeof onDemandCalls;

interface OnDemand<Outcome> {
  readonly isRunning: boolean;
  readonly outcome: Outcome | null;
}
export type OnDemandStates = {
  readonly [Name in OnDemandName]: OnDemand<Awaited<ReturnType<(typeof onDemandCalls)[Name]>>>;
};

const nothingYet = { isRunning: false, outcome: null };
export const noneOnDemand: OnDemandStates = {
  ...{ pagesGain: nothingYet, forkRehearsal: nothingYet, selfTest: nothingYet },
};

/** When the window opens: what was rehearsed before, if it was. */
export function withRehearsal(kept: KeptForkRehearsal | null): OnDemandStates {
  if (kept === null) return noneOnDemand;
  return { ...noneOnDemand, forkRehearsal: { isRunning: false, outcome: success(kept) } };
}
