import { problem, type Problem } from '../../electron/contract/problem.ts';
import { refused, type Result } from '../../electron/contract/result.ts';
import type { Bridge } from '../bridge.ts';
import type { SetState } from './setState.ts';

/** Asking the main process, and what went wrong of it. */
export interface Asking {
  /** The last thing that went wrong, until dismissed. */
  readonly problem: Problem | null;
  readonly dismissProblem: () => void;
  /** Runs a call and hands back its answer, a problem included, for a place that shows it itself. */
  readonly call: <T>(call: (bridge: Bridge) => Promise<Result<T>>) => Promise<Result<T>>;
  /** Runs a call whose value nobody needs; a problem is shown. True when it went well. */
  readonly run: (call: (bridge: Bridge) => Promise<Result<unknown>>) => Promise<boolean>;
  /** Runs a call for its value; a problem is shown and gives null. */
  readonly ask: <T>(call: (bridge: Bridge) => Promise<Result<T>>) => Promise<T | null>;
}

export function createAsking(bridge: Bridge, set: SetState<Asking>): Asking {
  const call: Asking['call'] = async (made) => {
    try {
      return await made(bridge);
    } catch (error) {
      return refused(unexpected(error));
    }
  };
  return {
    problem: null,
    dismissProblem: () => set({ problem: null }),
    call,
    run: async (made) => {
      const result = await call(made);
      set({ problem: result.ok ? null : result.error });
      return result.ok;
    },
    ask: async (made) => {
      const result = await call(made);
      if (result.ok) return result.value;
      set({ problem: result.error });
      return null;
    },
  };
}

export function unexpected(error: unknown): Problem {
  return problem('internal', { reason: error instanceof Error ? error.message : String(error) });
}
