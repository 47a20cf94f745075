import { problem, type Problem } from '../../../contract/problem.ts';
import { algorithms } from '../job.ts';
import type { Remedy } from './backoff.ts';
import { classifyError } from './poolErrors.ts';
import { fitsAnyPool } from './framing.ts';
import { parseLoginResult, type LoginParams, type LoginResult, type Outcome } from './messages.ts';
import type { StratumOptions } from './stratumOptions.ts';

/** Exactly the documented members, unless the user or the pool's profile asks for more. */
export function loginParams(options: StratumOptions): LoginParams {
  const { login, pass, rigId, agentVersion, sendAlgo, algorithm } = options;
  return {
    login,
    pass,
    agent: `Ibctminer/${agentVersion}`,
    ...(rigId !== undefined && { rigid: rigId }),
    ...(sendAlgo && { algo: algorithm === undefined ? algorithms : [algorithm] }),
  };
}

export type LoginAnswer =
  | { readonly ok: true; readonly result: LoginResult }
  | { readonly ok: false; readonly error: Problem; readonly remedy: Remedy };

export function readLoginAnswer(outcome: Outcome): LoginAnswer {
  if (!outcome.ok) return readRefusal(outcome.said);
  const result = parseLoginResult(outcome.result);
  if (!result) return { ok: false, error: problem('loginMalformed'), remedy: 'retry' };
  if (fitsAnyPool(result.sessionId)) return { ok: true, result };
  return { ok: false, error: problem('sessionIdTooLong'), remedy: 'retrySlowly' };
}

function readRefusal(said: string): LoginAnswer {
  switch (classifyError(said)) {
    case 'fatal':
      return { ok: false, error: problem('loginRefused', { said }), remedy: 'giveUp' };
    case 'ban':
      return { ok: false, error: problem('banned', { said }), remedy: 'waitOutBan' };
    case 'transient':
    case 'sessionLost':
      return { ok: false, error: problem('poolNotReady', { said }), remedy: 'retry' };
    case 'stale':
    case 'throttled':
    case 'ownFault':
    case 'rejected':
    case 'nonceReserved':
    case undefined: {
      const error = said === '' ? problem('loginFailedSilently') : problem('loginFailed', { said });
      return { ok: false, error, remedy: 'retrySlowly' };
    }
  }
}
