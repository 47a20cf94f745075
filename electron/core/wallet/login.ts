import { failure, success, type Result } from '../../contract/result.ts';
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
 * Errors: `wallet_address`, `wallet_difficulty`, `wallet_rig`.
 */
export function parseWalletLogin(text: string, network: Network = 'mainnet'): Result<WalletLogin> {
  const login = text.trim();
  const [, address = '', rig, difficulty] =
    /^([^.+]*)(?:\.([^+]*))?(?:\+(.*))?$/s.exec(login) ?? [];
  const report = checkAddress(address, network);
  if (!report.valid || report.kind === null) return failure('wallet_address', report.message);
  if (rig !== undefined && !/^[\w-]{1,31}$/.test(rig)) {
    return failure(
      'wallet_rig',
      'The rig name after the dot may have 1 to 31 letters, digits, “-” and “_”.',
    );
  }
  if (difficulty !== undefined && !isDifficulty(difficulty)) {
    return failure(
      'wallet_difficulty',
      'After the “+” write the share difficulty as a whole number, such as ADDRESS+10000.',
    );
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
