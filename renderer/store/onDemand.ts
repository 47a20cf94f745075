import type { KeptForkRehearsal, PagesGain, SelfTest } from '../../electron/contract/health.ts';
import { success, type Result } from '../../electron/contract/result.ts';
import type { Bridge } from '../bridge.ts';
import type { Asking } from './asking.ts';
import type { SetState } from './setState.ts';

interface Outcomes {
  readonly pagesGain: PagesGain;
  readonly forkRehearsal: KeptForkRehearsal;
  readonly selfTest: SelfTest;
}
export type OnDemandName = keyof Outcomes;

type OnDemandCalls = {
  readonly [Name in OnDemandName]: (bridge: Bridge) => Promise<Result<Outcomes[Name]>>;
};
const onDemandCalls: OnDemandCalls = {
  pagesGain: (bridge) => bridge.health.measurePages(),
  forkRehearsal: (bridge) => bridge.health.rehearseFork(),
  selfTest: (bridge) => bridge.health.testEngine(),
};

interface Measured<Outcome> {
  readonly isRunning: boolean;
  readonly outcome: Result<Outcome> | null;
}
export type OnDemandStates = { readonly [Name in OnDemandName]: Measured<Outcomes[Name]> };

/** What is measured when the user asks for it. It goes on while he looks at another screen, and its outcome stays until the next one. */
export interface OnDemand {
  readonly onDemand: OnDemandStates;
  readonly measure: (name: OnDemandName) => Promise<void>;
}

const nothingYet = { isRunning: false, outcome: null };
const noneOnDemand: OnDemandStates = {
  ...{ pagesGain: nothingYet, forkRehearsal: nothingYet, selfTest: nothingYet },
};

/** When the window opens: what was rehearsed before, if it was. */
export function withRehearsal(kept: KeptForkRehearsal | null): OnDemandStates {
  if (kept === null) return noneOnDemand;
  return { ...noneOnDemand, forkRehearsal: { isRunning: false, outcome: success(kept) } };
}

export function createOnDemand({ call }: Pick<Asking, 'call'>, set: SetState<OnDemand>): OnDemand {
  function put<Name extends OnDemandName>(name: Name, state: Measured<Outcomes[Name]>): void {
    set(({ onDemand }) => ({ onDemand: { ...onDemand, [name]: state } }));
  }
  async function measure<Name extends OnDemandName>(
    name: Name,
    made: OnDemandCalls[Name],
  ): Promise<void> {
    put(name, { isRunning: true, outcome: null });
    put(name, { isRunning: false, outcome: await call(made) });
  }
  return {
    onDemand: noneOnDemand,
    measure: (name) => measure(name, onDemandCalls[name]),
  };
}
