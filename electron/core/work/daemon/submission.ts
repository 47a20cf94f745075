import { problem, type Problem } from '../../../contract/problem.ts';
import type { Clock } from '../../clock.ts';
import { chainTopOf, handIn, whereIs, type ChainTop } from './node.ts';
import type { DaemonRpc } from './rpc.ts';

export interface FoundBlock {
  /** The whole block, in hex. */
  readonly text: string;
  readonly id: string;
  /** The chain it builds on. */
  readonly top: ChainTop;
  /** False for a solution that only a merge-mining proxy has a use for. */
  readonly joinsMainChain: boolean;
}

export type Fate =
  | { readonly type: 'accepted' }
  | { readonly type: 'rejected' | 'stale'; readonly error: Problem };

const RETRY_MS = 1000;
/** Many blocks later; monerod restarts within a minute. */
const LIMIT_MS = 600_000;

/**
 * Brings a block to the node: a block is worth more than one try. Asked again and again until the node takes it, refuses
 * it, or has a newer one. Undefined when aborted first.
 *
 *   handing in ──taken────► asking where it is ──► accepted, or orphaned
 *      ▲    │ ──refused──► asking where it is ──► accepted (an earlier try got through), or refused
 *      │    │ notNow
 *      └────┴──► the chain has moved on, or the time is over ──► stale
 */
export async function submitBlock(
  block: FoundBlock,
  rpc: DaemonRpc,
  clock: Clock,
  signal: AbortSignal,
): Promise<Fate | undefined> {
  const startedAtMs = clock.nowMs();
  while (!signal.aborted) {
    const given = await handIn(rpc, block.text);
    switch (given.answer) {
      case 'taken':
        return block.joinsMainChain ? fateOfTaken(block, rpc) : { type: 'accepted' };
      case 'refused':
        return fateOfRefused(block, given.problem, rpc);
      case 'notNow':
    }
    if (await hasMovedOn(block, rpc)) return fateOfRefused(block, problem('blockSuperseded'), rpc);
    if (clock.nowMs() - startedAtMs >= LIMIT_MS) {
      return { type: 'stale', error: problem('blockUndelivered', { reason: given.problem }) };
    }
    await new Promise<void>((resolve) => {
      const cancel = clock.after(RETRY_MS, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }
  return undefined;
}

/** The node's word that it took the block counts, unless it says otherwise when asked. */
async function fateOfTaken(block: FoundBlock, rpc: DaemonRpc): Promise<Fate> {
  switch (await whereIs(rpc, block.id)) {
    case 'onMainChain':
    case 'unknown':
      return { type: 'accepted' };
    case 'orphaned':
      return { type: 'stale', error: problem('blockOrphaned') };
    case 'nowhere':
      return { type: 'rejected', error: problem('blockMissing') };
  }
}

/** "Block not accepted" is also what a block gets that is in the chain already, or that came too late. */
async function fateOfRefused(block: FoundBlock, error: Problem, rpc: DaemonRpc): Promise<Fate> {
  if ((await whereIs(rpc, block.id)) === 'onMainChain') return { type: 'accepted' };
  return { type: (await hasMovedOn(block, rpc)) ? 'stale' : 'rejected', error };
}

/** False when the node cannot be asked. */
async function hasMovedOn({ top }: FoundBlock, rpc: DaemonRpc): Promise<boolean> {
  const now = await chainTopOf(rpc).catch(() => top);
  return now.hash !== top.hash && now.height >= top.height;
}
