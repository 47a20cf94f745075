import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PracticeServer } from '../../../../electron/core/work/practice/server.ts';
import { meetsTarget, targetForDifficulty } from '../../../../electron/core/work/target.ts';
import { ReferenceRandomX } from '../../../support/librandomx.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: PoolJob;
  readonly error?: { readonly message: string } | null;
  readonly result?: { readonly id?: string; readonly status?: string; readonly job?: PoolJob };
}

interface PoolJob {
  readonly blob: string;
  readonly job_id: string;
  readonly target: string;
  readonly height: number;
  readonly seed_hash: string;
  readonly algo?: string;
}

/** A miner by hand: sends requests, and keeps what comes back. */
class HandMiner {
  readonly messages: Message[] = [];
  closed = false;
  sessionId = '';
  readonly #socket: Socket;
  #count = 0;

  constructor(port: number) {
    let rest = '';
    this.#socket = connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.messages.push(JSON.parse(line) as Message);
      })
      .on('close', () => {
        this.closed = true;
      });
  }

  get jobs(): PoolJob[] {
    return this.messages.flatMap((message) => message.result?.job ?? message.params ?? []);
  }

  async ask(method: string, params: Record<string, unknown>): Promise<Message> {
    const id = (this.#count += 1);
    this.write(`${JSON.stringify({ id, jsonrpc: '2.0', method, params })}\n`);
    return vi.waitFor(
      () => {
        const answer = this.messages.find((message) => message.id === id);
        if (answer === undefined) throw new Error('no answer yet');
        return answer;
      },
      { timeout: 60_000, interval: 10 },
    );
  }

  async login(): Promise<PoolJob> {
    const answer = await this.ask('login', { login: 'practice', pass: 'x', agent: 'by hand' });
    this.sessionId = answer.result?.id ?? '';
    return answer.result?.job as PoolJob;
  }

  submit(job: PoolJob, nonce: string, result: string): Promise<Message> {
    return this.ask('submit', { id: this.sessionId, job_id: job.job_id, nonce, result });
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  close(): void {
    this.#socket.destroy();
  }
}

let randomx: ReferenceRandomX;
let server: PracticeServer;
let port: number;
let miner: HandMiner;

function hashOf(job: PoolJob, nonce: string): Uint8Array {
  const blob = Buffer.from(job.blob, 'hex');
  blob.write(nonce, 39, 'hex');
  return randomx.hash(Buffer.from(job.seed_hash, 'hex'), blob);
}

function find(job: PoolJob, isWanted: (hash: Uint8Array) => boolean, from = 0): [string, string] {
  for (let number = from; ; number += 1) {
    const nonce = Buffer.alloc(4);
    nonce.writeUInt32LE(number);
    const hash = hashOf(job, nonce.toString('hex'));
    if (isWanted(hash)) return [nonce.toString('hex'), Buffer.from(hash).toString('hex')];
  }
}

async function open(blockIntervalMs?: number): Promise<void> {
  server = new PracticeServer({
    hash: (key, blob) => Promise.resolve(randomx.hash(key, blob)),
    ...(blockIntervalMs === undefined ? {} : { blockIntervalMs }),
  });
  port = await server.listen();
  miner = new HandMiner(port);
}

beforeAll(() => {
  randomx = new ReferenceRandomX();
});
afterAll(() => randomx.close());
beforeEach(() => open());
afterEach(() => {
  miner.close();
  server.close();
});

describe('the practice pool', () => {
  it('accepts a genuine share once, and no other', async () => {
    const job = await miner.login();
    const [nonce, result] = find(job, (hash) => meetsTarget(hash, targetForDifficulty(100n)));
    expect((await miner.submit(job, nonce, result)).result).toEqual({ status: 'OK' });
    expect((await miner.submit(job, nonce, result)).error?.message).toBe('Duplicate share');

    const [weak, weakResult] = find(job, (hash) => !meetsTarget(hash, targetForDifficulty(100n)));
    expect((await miner.submit(job, weak, weakResult)).error?.message).toBe('Low difficulty share');
    // A hash that would do, but is not that nonce's.
    expect((await miner.submit(job, 'ffffffff', result)).error?.message).toBe(
      'Low difficulty share',
    );
  });

  it('refuses in the words of real pools', async () => {
    const zero = '00'.repeat(32);
    const stranger = { id: 'x', job_id: 'x', nonce: '00000000', result: zero };
    expect((await miner.ask('submit', stranger)).error?.message).toBe('Unauthenticated');
    const job = await miner.login();
    const submit = async (changes: object): Promise<string | undefined> =>
      (await miner.ask('submit', { ...stranger, id: miner.sessionId, ...changes })).error?.message;
    expect(await submit({})).toBe('Invalid job id');
    expect(await submit({ job_id: job.job_id, nonce: 'FFFFFFFF' })).toBe('Duplicate share');
    expect((await miner.ask('getjob', { id: miner.sessionId })).error?.message).toBe(
      'Invalid method',
    );
    const alive = await miner.ask('keepalived', { id: miner.sessionId });
    expect(alive.result).toEqual({ status: 'KEEPALIVED' });
  });

  it('gives every miner work of its own on the same block', async () => {
    const second = new HandMiner(port);
    const [own, other] = [await miner.login(), await second.login()];
    second.close();
    const tree = (job: PoolJob) => job.blob.slice(86, 150);
    expect(tree(other)).not.toBe(tree(own));
    expect(other.blob.replace(tree(other), tree(own))).toBe(own.blob);
  });

  it.each([
    ['something that is not JSON', 'hello\n'],
    ['a line without an end', 'x'.repeat(10_000)],
  ])('hangs up on %s', async (_, text) => {
    miner.write(text);
    await vi.waitFor(() => expect(miner.closed).toBe(true));
  });

  it('goes on to the next block by the clock', async () => {
    miner.close();
    server.close();
    await open(150);
    const first = await miner.login();
    await vi.waitFor(() => expect(miner.jobs.length).toBeGreaterThan(1));
    const [, second] = miner.jobs;
    expect(second?.height).toBe(first.height + 1);
    expect(second?.blob.slice(14, 78)).not.toBe(first.blob.slice(14, 78));
    expect(second?.seed_hash).toBe(first.seed_hash);
    const answer = await miner.submit(first, '00000000', '00'.repeat(32));
    expect(answer.error?.message).toBe('Block expired');
  });

  it('forks as Monero does: another block version, RandomX v2 and the same key, at first without its name', async () => {
    const before = await miner.login();
    server.fork();
    server.nextBlock();
    await vi.waitFor(() => expect(miner.jobs).toHaveLength(3));
    const versions = miner.jobs.map(({ blob }) => blob.slice(0, 4));
    expect(versions).toEqual(['1010', '1111', '1111']);
    expect(miner.jobs.map(({ algo }) => algo)).toEqual(['rx/0', undefined, 'rx/2']);
    expect(new Set(miner.jobs.map((job) => job.seed_hash))).toEqual(new Set([before.seed_hash]));
  });
});
