import { problem, type Problem } from './problem.ts';

const INTEGRATED_LENGTH = 106;

/**
 * Why a node makes no blocks for a valid mainnet address; null where it does. monerod (get_block_template) refuses subaddresses,
 * and takes of an integrated address what is not its payment ID.
 */
export function nodePayoutProblem(address: string): Problem | null {
  if (address.length === INTEGRATED_LENGTH) return problem('nodeIntegrated');
  return address.startsWith('8') ? problem('nodeSubaddress') : null;
}
