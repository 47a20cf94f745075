import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { checkAddress, type AddressKind, type Network } from './address.ts';

/** An address as pools take it at login, with what some users append. */
export interface WalletLogin {
  readonly address: string;
  readonly kind: AddressKind;
  /** Sent to the pool: the address with its appendices, as it was typed. */
  readonly login: string;
  /** Fixed share difficulty asked for with `ADDRESS+DIFF`. */
  readonly difficulty?: bigint;
  /** Rig name given with `ADDRESS.RIG`. */
  readonly rig?: string;
}

const MAX_DIFFICULTY = 2n ** 64n - 1n;

/**
 * Reads `ADDRESS`, `ADDRESS+DIFF`, `ADDRESS.RIG` or `ADDRESS.RIG+DIFF`.
 * A `monero:` URI counts as the address in it.
 * Errors: `walletDifficulty`, `walletRig`, and those of `checkAddress`.
 */
export function parseWalletLogin(text: string, network: Network = 'mainnet'): Result<WalletLogin> {
  const whole = checkAddress(text, network);
  const login = whole.valid ? whole.address : text.trim();
  // A name with dots, or an e-mail address behind the worker: the check of the whole says it best.
  if (!whole.valid && (!/^[48][^.+]{90,}/.test(login) || login.includes('@'))) {
    return refused(whole.problem);
  }
  const [, address = '', rig, difficulty] =
    /^([^.+]*)(?:\.([^+]*))?(?:\+(.*))?$/s.exec(login) ?? [];
  const report = checkAddress(address, network);
  if (!report.valid) return refused(report.problem);
  if (rig !== undefined && !/^[\w-]{1,31}$/.test(rig)) {
    return refused(problem('walletRig'));
  }
  if (difficulty !== undefined && !isDifficulty(difficulty)) {
    return refused(problem('walletDifficulty'));
  }
  return success({
    address,
    kind: report.kind,
    login,
    ...(rig === undefined ? {} : { rig }),
    ...(difficulty === undefined ? {} : { difficulty: BigInt(difficulty) }),
  });
}

function isDifficulty(text: string): boolean {
  return /^[1-9]\d{0,19}$/.test(text) && BigInt(text) <= MAX_DIFFICULTY;
}
