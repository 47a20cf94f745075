import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { problem, type Problem } from '../../../contract/problem.ts';
import { NodeError } from './nodeError.ts';
import type { DaemonRpc } from './rpc.ts';
import { blockTemplate, type BlockTemplate } from './template.ts';

/** What mining asks a monerod, and what it makes of the answers. */

const EXTRA_NONCE_BYTES = 8;

/** monerod's own errors. */
const WRONG_ADDRESS = -4;
const BUSY = -9;
const IS_SUBADDRESS = -12;

/** `untrusted`: the answers are those of another node (monerod's --bootstrap-daemon-address). */
const info = z.object({
  nettype: z.string(),
  synchronized: z.boolean().optional(),
  height: z.number(),
  target_height: z.number(),
  untrusted: z.boolean().optional(),
});
const chainTop = z.object({ hash: z.string(), height: z.number() });
/** `height`: number of blocks, so that of the next one too. */
export type ChainTop = z.infer<typeof chainTop>;

const submitted = z.object({ status: z.string() });
const header = z.object({ block_header: z.object({ orphan_status: z.boolean() }) });

/**
 * Throws NodeError when blocks of this node would be work for nothing, or pay another network. Returns whether they are worth
 * anything: those of a test network are not.
 */
export async function checkNode(rpc: DaemonRpc, address: string): Promise<boolean> {
  const node = await rpc.call('get_info', {}, info);
  const network = networkOf(address);
  // A private regtest chain uses mainnet addresses.
  const nodeNetwork = node.nettype === 'fakechain' ? 'mainnet' : node.nettype;
  if (nodeNetwork !== network) {
    throw new NodeError(problem('nodeWrongNetwork', { nodeNetwork, network }));
  }
  if (node.untrusted === true) throw new NodeError(problem('nodeUntrusted'));
  // Nodes that say nothing else show it by their height.
  if (!(node.synchronized ?? node.target_height <= node.height)) throw new NodeError(syncing(node));
  return node.nettype === 'mainnet';
}

export function chainTopOf(rpc: DaemonRpc): Promise<ChainTop> {
  return rpc.get('/get_height', chainTop);
}

export async function takeTemplate(rpc: DaemonRpc, address: string): Promise<BlockTemplate> {
  // Two miners with one address must not search the same hashes.
  const extra_nonce = randomBytes(EXTRA_NONCE_BYTES).toString('hex');
  const asked = { wallet_address: address, extra_nonce };
  const template = await rpc
    .call('get_block_template', asked, blockTemplate)
    .catch((error: unknown) => {
      throw whyNoTemplate(asNodeError(error));
    });
  if (template.untrusted === true) throw new NodeError(problem('nodeUntrusted'));
  return template;
}

function whyNoTemplate(error: NodeError): NodeError {
  switch (error.rpcCode) {
    case WRONG_ADDRESS:
      return new NodeError(problem('nodeAddressRefused'), { isFinal: true });
    case IS_SUBADDRESS:
      return new NodeError(problem('nodeSubaddress'), { isFinal: true });
    case BUSY:
      return new NodeError(problem('nodeSyncing'));
    case undefined:
    default:
      return error;
  }
}

/** What monerod made of a block: `notNow` may change with another try. */
export type BlockAnswer =
  | { readonly answer: 'taken' }
  | { readonly answer: 'refused'; readonly problem: Problem }
  | { readonly answer: 'notNow'; readonly problem: Problem };

/** Hands a block in, as hex. Never throws. */
export async function handIn(rpc: DaemonRpc, block: string): Promise<BlockAnswer> {
  try {
    const { status } = await rpc.call('submit_block', [block], submitted);
    if (status === 'OK') return { answer: 'taken' };
    return { answer: 'notNow', problem: problem('nodeRefused', { said: status }) };
  } catch (error) {
    const { problem: why, rpcCode } = asNodeError(error);
    const isVerdict = rpcCode !== undefined && rpcCode !== BUSY;
    return { answer: isVerdict ? 'refused' : 'notNow', problem: why };
  }
}

/** Where a block is now; `unknown` when the node cannot be asked. Never throws. */
export async function whereIs(
  rpc: DaemonRpc,
  id: string,
): Promise<'onMainChain' | 'orphaned' | 'nowhere' | 'unknown'> {
  try {
    const { block_header } = await rpc.call('get_block_header_by_hash', { hash: id }, header);
    return block_header.orphan_status ? 'orphaned' : 'onMainChain';
  } catch (error) {
    return asNodeError(error).rpcCode === undefined ? 'unknown' : 'nowhere';
  }
}

function asNodeError(error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  throw error;
}

function syncing({ height, target_height: target }: z.infer<typeof info>): Problem {
  return target > height ? problem('nodeSyncingAt', { height, target }) : problem('nodeSyncing');
}

/** By the first character of a standard address; what is no address at all is refused by the node. */
function networkOf(address: string): string {
  if (/^[57]/.test(address)) return 'stagenet';
  return /^[9AB]/.test(address) ? 'testnet' : 'mainnet';
}
