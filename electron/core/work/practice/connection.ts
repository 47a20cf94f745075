import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { NONCE_OFFSET } from '../job.ts';
import { encodeTarget, meetsTarget, parseTarget } from '../target.ts';
import { workForOneMiner, type PracticeBlock } from './chain.ts';
import { Vardiff } from './vardiff.ts';

/** Hashes a blob with a key by RandomX in light mode (rx/2: the commitment). */
export type PracticeHash = (
  seedHash: Uint8Array,
  blob: Uint8Array,
  algorithm: PracticeBlock['algorithm'],
) => Promise<Uint8Array>;

interface GivenJob {
  readonly block: PracticeBlock;
  readonly difficulty: number;
  /** What the miner makes of the encoded target, so that both agree on every hash. */
  readonly target: bigint;
  readonly nonces: Set<string>;
}

const MAX_LINE_LENGTH = 8192;
const REMEMBERED_JOBS = 8;
/** Verifying is one hash at a time; a miner that is faster than that has to wait for its difficulty. */
const MAX_UNVERIFIED = 64;

/* oxlint-disable house/no-sentences -- said over the wire, word for word as real pools do */
const refusals = {
  login: 'Missing login',
  stranger: 'Unauthenticated',
  method: 'Invalid method',
  job: 'Invalid job id',
  late: 'Block expired',
  duplicate: 'Duplicate share',
  weak: 'Low difficulty share',
  throttled: 'Throttled down share submission (please increase difficulty)',
  unchecked: "Couldn't check PoW",
};
/* oxlint-enable house/no-sentences */

const request = z.object({ id: z.number().int(), method: z.string(), params: z.unknown() });
const loginParams = z.object({ login: z.string(), pass: z.string().optional() });
const sessionParams = z.object({ id: z.string() });
const submitParams = z.object({
  id: z.string(),
  job_id: z.string(),
  nonce: z.string().regex(/^[0-9a-f]{8}$/),
  result: z.string().regex(/^[0-9a-f]{64}$/),
});

/** One connection of the practice pool: answers and refuses with the words real pools use. */
export class MinerConnection {
  readonly #socket: Socket;
  readonly #hash: PracticeHash;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #sessionId = randomUUID();
  readonly #vardiff: Vardiff;
  readonly #jobs = new Map<string, GivenJob>();
  #block: PracticeBlock;
  #jobCount = 0;
  #isLoggedIn = false;
  #unverified = 0;
  #buffer = '';

  constructor(
    socket: Socket,
    hash: PracticeHash,
    block: PracticeBlock,
    clock: Pick<Clock, 'nowMs'>,
  ) {
    this.#socket = socket;
    this.#hash = hash;
    this.#clock = clock;
    this.#block = workForOneMiner(block);
    this.#vardiff = new Vardiff(clock.nowMs());
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    socket.on('data', (text: string) => this.#receive(text));
  }

  /** The chain went on: older jobs are worth nothing any more. */
  setBlock(block: PracticeBlock): void {
    this.#block = workForOneMiner(block);
    this.#pushJob();
  }

  /** To be called every few seconds. */
  tick(): void {
    if (this.#isLoggedIn && this.#vardiff.onSilence(this.#clock.nowMs())) this.#pushJob();
  }

  #receive(text: string): void {
    this.#buffer += text;
    for (let end = this.#buffer.indexOf('\n'); end >= 0; end = this.#buffer.indexOf('\n')) {
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 1);
      if (line.trim() !== '') this.#answer(line);
    }
    if (this.#buffer.length > MAX_LINE_LENGTH) this.#socket.destroy();
  }

  #answer(line: string): void {
    const parsed = request.safeParse(parseJson(line));
    if (!parsed.success) {
      this.#socket.destroy();
      return;
    }
    const { id, method, params } = parsed.data;
    if (method === 'login') this.#login(id, params);
    else if (!this.#isLoggedIn || sessionParams.safeParse(params).data?.id !== this.#sessionId) {
      this.#refuse(id, refusals.stranger);
    } else if (method === 'keepalived') this.#accept(id, { status: 'KEEPALIVED' });
    else if (method === 'submit') void this.#submit(id, params);
    else this.#refuse(id, refusals.method);
  }

  #login(id: number, params: unknown): void {
    if (!loginParams.safeParse(params).success) {
      this.#refuse(id, refusals.login);
      return;
    }
    this.#isLoggedIn = true;
    this.#accept(id, { id: this.#sessionId, job: this.#makeJob(), status: 'OK' });
  }

  async #submit(id: number, params: unknown): Promise<void> {
    const parsed = submitParams.safeParse(params);
    if (!parsed.success) {
      this.#refuse(id, refusals.duplicate); // what real pools call a malformed one
      return;
    }
    const { job_id: jobId, nonce, result } = parsed.data;
    const job = this.#jobs.get(jobId);
    if (job === undefined) this.#refuse(id, refusals.job);
    else if (job.block !== this.#block) this.#refuse(id, refusals.late);
    else if (job.nonces.has(nonce)) this.#refuse(id, refusals.duplicate);
    else if (this.#unverified >= MAX_UNVERIFIED) {
      this.#refuse(id, refusals.throttled);
    } else {
      job.nonces.add(nonce);
      await this.#verify(id, job, nonce, result);
    }
  }

  async #verify(id: number, job: GivenJob, nonce: string, claimed: string): Promise<void> {
    const { block } = job;
    const blob = Uint8Array.from(block.blob);
    blob.set(Buffer.from(nonce, 'hex'), NONCE_OFFSET);
    this.#unverified += 1;
    const hash = await this.#hash(block.seedHash, blob, block.algorithm).catch(() => undefined);
    this.#unverified -= 1;
    if (hash === undefined) {
      this.#refuse(id, refusals.unchecked);
      return;
    }
    if (Buffer.from(hash).toString('hex') !== claimed || !meetsTarget(hash, job.target)) {
      this.#refuse(id, refusals.weak);
      return;
    }
    this.#accept(id, { status: 'OK' });
    if (this.#vardiff.onShare(this.#clock.nowMs(), job.difficulty)) this.#pushJob();
  }

  #makeJob(): Record<string, unknown> {
    this.#jobCount += 1;
    const jobId = `practice-${this.#jobCount}`;
    const block = this.#block;
    const { difficulty } = this.#vardiff;
    // Nonces found at another difficulty of the same block stay found.
    const known = [...this.#jobs.values()].find((job) => job.block === block);
    const encoded = encodeTarget(BigInt(difficulty));
    const target = parseTarget(encoded) ?? 1n;
    this.#jobs.set(jobId, { block, difficulty, target, nonces: known?.nonces ?? new Set() });
    for (const oldest of this.#jobs.keys()) {
      if (this.#jobs.size <= REMEMBERED_JOBS) break;
      this.#jobs.delete(oldest);
    }
    return {
      blob: Buffer.from(block.blob).toString('hex'),
      job_id: jobId,
      target: encoded,
      id: this.#sessionId,
      ...(block.isNamed ? { algo: block.algorithm } : {}),
      height: block.height,
      seed_hash: Buffer.from(block.seedHash).toString('hex'),
      ...(block.nextSeedHash === undefined
        ? {}
        : { next_seed_hash: Buffer.from(block.nextSeedHash).toString('hex') }),
    };
  }

  #pushJob(): void {
    if (this.#isLoggedIn) this.#send({ jsonrpc: '2.0', method: 'job', params: this.#makeJob() });
  }

  #accept(id: number, result: unknown): void {
    this.#send({ id, jsonrpc: '2.0', error: null, result });
  }

  #refuse(id: number, message: string): void {
    this.#send({ id, jsonrpc: '2.0', error: { code: -1, message } });
  }

  #send(message: unknown): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
