import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Share } from '../job.ts';
import type { Endpoint, SourceError, SourceListener, WorkSource } from '../source.ts';
import { systemClock, type Clock } from '../../clock.ts';
import { ChainWatcher } from './chainWatcher.ts';
import { DaemonRpc, type RpcOptions } from './rpc.ts';
import { RpcError } from './rpcError.ts';
import { SharesUnderWay } from '../sharesUnderWay.ts';
import { blockId, blockTemplate, blockWithNonce, isBlock, toJob } from './template.ts';
import type { BlockTemplate } from './template.ts';

export interface DaemonOptions extends RpcOptions {
  /** Standard address that gets the block rewards; monerod refuses subaddresses here. */
  readonly address: string;
  /** Network of that address; a node of another network is not mined on. */
  readonly network: 'mainnet' | 'stagenet' | 'testnet';
  /** Port of the node's --zmq-pub: new blocks are then heard of at once, not at the next poll. */
  readonly zmqPort?: number;
}

interface Work {
  readonly template: BlockTemplate;
  readonly takenAtMs: number;
  /** A second solution of the same template could not join the chain either. */
  solved: boolean;
}

const POLL_INTERVAL_MS = 1000;
/** Older templates are renewed for newer transactions and time. */
const TEMPLATE_LIFE_MS = 15_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
const SUBMIT_ATTEMPTS = 5;
const EXTRA_NONCE_BYTES = 8;

const info = z.object({
  nettype: z.string(),
  synchronized: z.boolean().optional(),
  height: z.number(),
  target_height: z.number(),
});
const chainTop = z.object({ hash: z.string(), height: z.number() });
const submitted = z.object({ status: z.string() });
const header = z.object({ block_header: z.object({ orphan_status: z.boolean() }) });

/** Errors that no retry can mend: the user has to change something. */
const fatalCodes = new Set(['rpc-4', 'rpc-12', 'loginNeeded', 'loginRefused', 'tlsFingerprint']);

/**
 * Solo mining on a monerod. Asks for a template, watches the chain's top once a second, and submits
 * whole blocks: a share here is a block, and it counts as accepted when it is on the main chain.
 *
 *   connecting → get_info → template → (poll | new template | submit)* → error → wait → connecting
 */
export class DaemonSource implements WorkSource {
  readonly endpoint: Endpoint;
  readonly #options: DaemonOptions;
  readonly #listener: SourceListener;
  readonly #clock: Clock;
  readonly #rpc: DaemonRpc;
  readonly #watcher: ChainWatcher | undefined;
  /** Templates on top of the current block, by job id. */
  readonly #work = new Map<string, Work>();
  #jobCount = 0;
  #failures = 0;
  readonly #shares: SharesUnderWay;
  #leaving = false;
  #stopped = false;
  #renew = false;
  #endSleep: () => void = () => undefined;

  constructor(options: DaemonOptions, listener: SourceListener, clock: Clock = systemClock) {
    const { host, port, tls } = options;
    this.endpoint = { kind: 'daemon', host, port, tls };
    this.#options = options;
    this.#listener = listener;
    this.#clock = clock;
    this.#shares = new SharesUnderWay(clock);
    this.#rpc = new DaemonRpc(options);
    if (options.zmqPort !== undefined) {
      const renew = (): void => {
        this.wake();
      };
      this.#watcher = new ChainWatcher({ host, port: options.zmqPort }, renew, clock);
    }
  }

  start(): void {
    void this.#run();
    this.#watcher?.start();
  }

  wake(): void {
    this.#renew = true;
    this.#endSleep();
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#leaving = true;
    for (const share of await this.#shares.settled(timeoutMs)) {
      const message = 'The node was left before it answered this solution.';
      this.#tell({ type: 'stale', share, error: { code: 'unanswered', message } });
    }
    this.stop();
  }

  stop(): void {
    this.#stopped = true;
    this.#shares.clear();
    this.#watcher?.stop();
    this.#rpc.close();
    this.#endSleep();
  }

  submit(share: Share): void {
    this.#shares.add(share);
    const work = this.#work.get(share.jobId);
    if (work === undefined || work.solved) {
      const message =
        work === undefined
          ? 'The chain has a newer block than this solution builds on.'
          : 'This template already has a solution; a second one cannot join the chain.';
      this.#tell({ type: 'stale', share, error: { code: 'templateUsed', message } });
      return;
    }
    if (!isBlock(share, work.template)) {
      const message = 'The hash does not reach the difficulty of the block.';
      this.#tell({ type: 'rejected', share, error: { code: 'lowDifficulty', message } });
      return;
    }
    work.solved = true;
    void this.#submitBlock(share, work.template);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#tell({ type: 'connecting', endpoint: this.endpoint });
      try {
        await this.#mine();
      } catch (error) {
        const problem = toProblem(error);
        this.#work.clear();
        this.#renew = false;
        if (fatalCodes.has(problem.code)) {
          this.#tell({ type: 'failed', error: problem });
          return;
        }
        const retryInMs = this.#nextRetryMs();
        this.#tell({ type: 'disconnected', endpoint: this.endpoint, error: problem, retryInMs });
        await this.#sleep(retryInMs);
      }
    }
  }

  /** One connection: ends by throwing, or when stopped. */
  async #mine(): Promise<void> {
    await this.#checkNode();
    const { tlsFingerprint } = this.#rpc;
    this.#tell({
      type: 'connected',
      endpoint: this.endpoint,
      ...(tlsFingerprint === undefined ? {} : { tlsFingerprint }),
    });
    let work = await this.#takeTemplate();
    this.#tell({ type: 'loggedIn' });
    this.#failures = 0;
    for (;;) {
      this.#offer(work);
      do {
        await this.#sleep(POLL_INTERVAL_MS);
        if (this.#stopped) return;
      } while (await this.#isCurrent(work));
      work = await this.#takeTemplate();
    }
  }

  async #checkNode(): Promise<void> {
    const node = await this.#rpc.call('get_info', {}, info);
    const { network } = this.#options;
    // A private regtest chain uses mainnet addresses.
    const nodeNetwork = node.nettype === 'fakechain' ? 'mainnet' : node.nettype;
    if (nodeNetwork !== network) {
      throw new RpcError(
        'wrongNetwork',
        `The node is on ${node.nettype}, the wallet address on ${network}: use a node of that network.`,
      );
    }
    if (node.synchronized === false || node.target_height > node.height) {
      throw notSynced(node.target_height > 0 ? `${node.height} of ${node.target_height}` : '');
    }
  }

  async #takeTemplate(): Promise<Work> {
    this.#renew = false;
    const template = await this.#rpc.call(
      'get_block_template',
      {
        wallet_address: this.#options.address,
        // Two miners with one address must not search the same hashes.
        extra_nonce: randomBytes(EXTRA_NONCE_BYTES).toString('hex'),
      },
      blockTemplate,
    );
    return { template, takenAtMs: this.#clock.nowMs(), solved: false };
  }

  #offer(work: Work): void {
    const jobId = (this.#jobCount += 1).toString(16);
    const job = toJob(work.template, jobId);
    if (job === undefined) {
      const message = 'The node asks for a block of before RandomX: is it synchronised?';
      this.#tell({ type: 'unminableJob', error: { code: 'oldBlockVersion', message } });
      return;
    }
    for (const [id, known] of this.#work) {
      if (known.template.prev_hash !== work.template.prev_hash) this.#work.delete(id);
    }
    this.#work.set(jobId, work);
    this.#tell({ type: 'job', job });
  }

  async #isCurrent(work: Work): Promise<boolean> {
    if (this.#renew || this.#clock.nowMs() - work.takenAtMs >= TEMPLATE_LIFE_MS) return false;
    const top = await this.#rpc.get('/get_height', chainTop);
    return top.hash === work.template.prev_hash;
  }

  async #submitBlock(share: Share, template: BlockTemplate): Promise<void> {
    const startedAtMs = this.#clock.nowMs();
    try {
      await this.#deliver(blockWithNonce(template, share.nonce));
      const error = await this.#whyNotOnMainChain(blockId(share.blob));
      const roundTripMs = this.#clock.nowMs() - startedAtMs;
      if (error === undefined) this.#tell({ type: 'accepted', share, roundTripMs });
      else this.#tell({ type: 'stale', share, error });
    } catch (error) {
      await this.#tellRefusal(share, template, toProblem(error));
    }
    this.wake();
  }

  /** A block is worth more than one try: only monerod's own refusal is taken for an answer. */
  async #deliver(block: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#rpc.call('submit_block', [block], submitted);
        return;
      } catch (error) {
        const { code } = toProblem(error);
        if (code.startsWith('rpc') || attempt === SUBMIT_ATTEMPTS || this.#stopped) throw error;
        await new Promise<void>((resolve) => this.#clock.after(POLL_INTERVAL_MS, resolve));
      }
    }
  }

  /** A node that took the block and cannot be asked any more is believed. */
  async #whyNotOnMainChain(id: string): Promise<SourceError | undefined> {
    try {
      const { block_header } = await this.#rpc.call(
        'get_block_header_by_hash',
        { hash: id },
        header,
      );
      if (!block_header.orphan_status) return undefined;
    } catch (error) {
      if (error instanceof RpcError) return undefined;
      throw error;
    }
    return { code: 'orphaned', message: 'Another block of the same height came first.' };
  }

  async #tellRefusal(share: Share, template: BlockTemplate, error: SourceError): Promise<void> {
    // "Block not accepted" is also what a block on an outdated top gets.
    const top = await this.#rpc.get('/get_height', chainTop).catch(() => undefined);
    const isLate = top === undefined || top.hash !== template.prev_hash;
    this.#tell({ type: isLate ? 'stale' : 'rejected', share, error });
  }

  #nextRetryMs(): number {
    const longest = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS);
    this.#failures += 1;
    return Math.round(longest * (0.5 + this.#clock.random() / 2));
  }

  /** Returns early when woken: by a stop or a block of ours. */
  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped || this.#renew) {
        resolve();
        return;
      }
      const cancel = this.#clock.after(delayMs, resolve);
      this.#endSleep = () => {
        cancel();
        resolve();
      };
    });
  }

  #tell(event: Parameters<SourceListener>[0]): void {
    const isFate = 'share' in event;
    if (!this.#stopped && (isFate || !this.#leaving)) this.#listener(event);
    if (isFate) this.#shares.delete(event.share);
  }
}

function toProblem(error: unknown): SourceError {
  if (!(error instanceof RpcError)) throw error;
  switch (error.code) {
    case 'rpc-4':
      return { code: 'rpc-4', message: 'The node does not accept this wallet address; check it.' };
    case 'rpc-12':
      return {
        code: 'rpc-12',
        message: 'Solo mining needs a primary address (it begins with 4), not a subaddress.',
      };
    case 'rpc-9':
      return notSynced('');
    default:
      return { code: error.code, message: error.message };
  }
}

function notSynced(progress: string): RpcError {
  const where = progress === '' ? '' : ` (block ${progress})`;
  return new RpcError(
    'notSynchronised',
    `The node is still synchronising${where}: mining starts when it has caught up.`,
  );
}
