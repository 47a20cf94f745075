import { failure, type Failure } from '../../../contract/result.ts';
import type { Remedy } from './backoff.ts';
import { classifyError, type ErrorClass } from './errors.ts';
import { parseLoginResult, type LoginParams, type LoginResult, type Outcome } from './messages.ts';
import type { StratumOptions } from './options.ts';

/** Exactly the documented members, unless the user or the pool's profile asks for more. */
export function loginParams(options: StratumOptions): LoginParams {
  const { login, pass, rigId, agentVersion, sendAlgo, minable, allowRx2 } = options;
  const algo = minable.filter((algorithm) => algorithm !== 'rx/2' || allowRx2);
  return {
    login,
    pass,
    agent: `Ibctminer/${agentVersion}`,
    ...(rigId !== undefined && { rigid: rigId }),
    ...(sendAlgo && { algo }),
  };
}

export type LoginAnswer =
  | { readonly ok: true; readonly result: LoginResult }
  | { readonly ok: false; readonly error: Failure; readonly remedy: Remedy };

export function readLoginAnswer(outcome: Outcome): LoginAnswer {
  if (outcome.ok) {
    const result = parseLoginResult(outcome.result);
    if (result) return { ok: true, result };
    const text = 'The pool answered the login without a session id.';
    return { ...failure('login_malformed', text), remedy: 'retry' };
  }
  const remedy = remedyFor(classifyError(outcome.message));
  const advice = remedy === 'giveUp' ? ' Check the wallet address and the pool’s settings.' : '';
  const text = `The pool refused the login: “${outcome.message}”.${advice}`;
  return { ...failure(codes[remedy], text), remedy };
}

function remedyFor(kind: ErrorClass | undefined): Exclude<Remedy, 'atOnce'> {
  switch (kind) {
    case 'fatal':
      return 'giveUp';
    case 'ban':
      return 'waitOutBan';
    case 'transient':
    case 'sessionLost':
      return 'retry';
    case 'stale':
    case 'throttled':
    case 'ownFault':
    case 'rejected':
    case 'nonceReserved':
    case undefined:
      return 'retrySlowly';
  }
}

const codes: Readonly<Record<Exclude<Remedy, 'atOnce'>, string>> = {
  giveUp: 'login_refused',
  waitOutBan: 'banned',
  retry: 'pool_not_ready',
  retrySlowly: 'login_failed',
};
