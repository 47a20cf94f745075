import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports.ts';

/** Gets the rewards of test blocks: the address of the stratum exchange in the tests. */
export const TEST_ADDRESS =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';

/** monerod sometimes takes a connection while it starts and never answers on it; asking again helps. */
const ANSWER_TIMEOUT_MS = 10_000;
const START_ATTEMPTS = 3;
const SHORT_KEY_EPOCHS = { SEEDHASH_EPOCH_BLOCKS: '16', SEEDHASH_EPOCH_LAG: '4' };

export interface RegtestOptions {
  readonly difficulty: number;
  /** `user:password` for digest authentication. */
  readonly login?: string;
  readonly zmq?: boolean;
  readonly network?: '--regtest' | '--stagenet';
  /** Of its RPC; else one that is free. */
  readonly port?: number;
  /** Monero's own: one key for the first 2112 blocks. */
  readonly longKeyEpochs?: boolean;
}

/** A private chain, by default with key epochs of 16 blocks: keys change at heights 21, 37, 53 … */
export class Regtest {
  readonly port: number;
  readonly zmqPort: number;
  readonly #options: RegtestOptions;
  readonly #dataDir: string;
  #process: ChildProcess | undefined;

  private constructor(options: RegtestOptions, port: number, zmqPort: number, dataDir: string) {
    this.#options = options;
    this.port = port;
    this.zmqPort = zmqPort;
    this.#dataDir = dataDir;
  }

  static async start(options: RegtestOptions): Promise<Regtest> {
    const dataDir = await mkdtemp(join(tmpdir(), 'regtest-'));
    for (let attempt = 1; ; attempt += 1) {
      const node = new Regtest(
        options,
        options.port ?? (await freePort()),
        await freePort(),
        dataDir,
      );
      try {
        await node.launch();
        return node;
      } catch (error) {
        // Another program may have taken one of the ports meanwhile.
        if (attempt === START_ATTEMPTS) throw error;
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts monerod on the same chain and ports again after `halt`. */
  async launch(): Promise<void> {
    const { difficulty, login, zmq = false, network = '--regtest', longKeyEpochs } = this.#options;
    const child = spawn(
      'monerod',
      [
        network,
        ...(network === '--regtest'
          ? ['--keep-fakechain', '--fixed-difficulty', String(difficulty)]
          : []),
        ...['--offline', '--non-interactive', '--data-dir', this.#dataDir],
        ...['--rpc-bind-ip', '127.0.0.1', '--rpc-bind-port', String(this.port)],
        ...['--p2p-bind-ip', '127.0.0.1', '--p2p-bind-port', String(await freePort())],
        ...['--no-igd', '--hide-my-port', '--disable-dns-checkpoints'],
        ...['--check-updates', 'disabled'],
        // Without it, each start makes an RSA key, which takes many seconds.
        ...['--rpc-ssl', 'disabled'],
        ...(zmq
          ? [
              ...['--zmq-pub', `tcp://127.0.0.1:${this.zmqPort}`],
              ...['--zmq-rpc-bind-port', String(await freePort())],
            ]
          : ['--no-zmq']),
        ...(login === undefined ? [] : ['--rpc-login', login]),
      ],
      {
        stdio: 'ignore',
        env: longKeyEpochs === true ? process.env : { ...process.env, ...SHORT_KEY_EPOCHS },
      },
    );
    this.#process = child;
    const deadlineMs = Date.now() + 60_000;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`monerod ended with ${child.exitCode}`);
      if (Date.now() > deadlineMs) throw new Error('monerod does not answer');
      const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
      const answers = await fetch(`${this.url}/get_height`, { signal }).then(
        (response) => response.ok || response.status === 401,
        () => false,
      );
      if (answers) return;
      await delay(200);
    }
  }

  async rpc<T>(method: string, params: unknown = {}): Promise<T> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: '0', method, params });
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(`${this.url}/json_rpc`, { method: 'POST', body, signal });
    const answer = (await response.json()) as { result?: T; error?: { message: string } };
    if (answer.result === undefined) throw new Error(answer.error?.message ?? 'no result');
    return answer.result;
  }

  /** Number of blocks of the main chain, the genesis block included. */
  async height(): Promise<number> {
    return (await this.rpc<{ count: number }>('get_block_count')).count;
  }

  /** Adds a block of nobody's work; at difficulty 1 every template is one as it is. */
  async addBlock(): Promise<void> {
    const template = await this.rpc<{ blocktemplate_blob: string }>('get_block_template', {
      wallet_address: TEST_ADDRESS,
      reserve_size: 8,
    });
    await this.rpc('submit_block', [template.blocktemplate_blob]);
  }

  async halt(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
