import { problem, type Problem } from '../../../contract/problem.ts';
import { systemClock, type Cancel, type Clock } from '../../clock.ts';
import type { Share } from '../job.ts';
import { SharesUnderWay } from '../sharesUnderWay.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../source.ts';
import { retryDelayMs, type Remedy } from './backoff.ts';
import { Connection, type Ending } from './connection.ts';
import type { StratumOptions } from './stratumOptions.ts';
import { PoolMemory } from './poolMemory.ts';
import { openTransport, type Opened } from './transport.ts';
import type { CertificateTrust } from './trust.ts';

const CONNECT_DEADLINE_MS = 20_000;

/**
 * One pool, one connection at a time.
 *
 *            start               open              ended: giveUp
 *   idle ───────────► connecting ─────► online ──────────────────┐
 *                       ▲      │           │ ended: retry, ban    ▼
 *                       │      └───────────┴──► waiting         over ◄── stop, from anywhere
 *                       └──────── delay over ──────┘
 */
type State =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly abort: AbortController; readonly cancel: Cancel }
  | { readonly name: 'online'; readonly connection: Connection }
  | { readonly name: 'waiting'; readonly remedy: Remedy; readonly cancel: Cancel }
  | { readonly name: 'over' };

/** A work source that keeps one pool connected. */
export class StratumClient implements WorkSource {
  readonly endpoint: Endpoint;
  readonly #options: StratumOptions;
  readonly #listener: SourceListener;
  readonly #clock: Clock;
  readonly #memory: PoolMemory;
  readonly #trust: CertificateTrust | undefined;
  #state: State = { name: 'idle' };
  readonly #shares: SharesUnderWay;
  #leaving = false;

  constructor(options: StratumOptions, listener: SourceListener, clock: Clock = systemClock) {
    const { host, port, tls } = options;
    this.endpoint = { kind: 'stratum', host, port, tls: tls !== undefined };
    this.#options = options;
    this.#listener = listener;
    this.#clock = clock;
    this.#shares = new SharesUnderWay(clock);
    this.#memory = options.memory ?? new PoolMemory();
    this.#trust = tls && this.#memory.trust(tls);
  }

  start(): void {
    if (this.#state.name !== 'idle') return;
    const { wait } = this.#memory;
    const restMs = wait === undefined ? 0 : wait.untilMs - this.#clock.nowMs();
    if (wait === undefined || restMs <= 0) this.#connect();
    else this.#wait(wait.error, wait.remedy, restMs);
  }

  submit(share: Share): void {
    this.#shares.add(share);
    if (this.#state.name === 'online') {
      this.#state.connection.submit(share);
    } else if (this.#state.name !== 'over') {
      this.#emit({ type: 'stale', share, error: problem('notConnected') });
    }
  }

  wake(): void {
    const state = this.#state;
    if (this.#leaving) return;
    this.#memory.failures = 0;
    switch (state.name) {
      case 'waiting':
        if (state.remedy === 'waitOutBan') return;
        state.cancel();
        this.#connect();
        break;
      case 'connecting':
        state.cancel();
        state.abort.abort();
        this.#connect();
        break;
      case 'online':
        state.connection.renew();
        break;
      case 'idle':
      case 'over':
    }
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#leaving = true;
    if (this.#isOnline()) {
      for (const share of await this.#shares.settled(timeoutMs)) {
        this.#emit({ type: 'stale', share, error: problem('poolLeft') });
      }
    }
    this.stop();
  }

  stop(): void {
    const state = this.#state;
    this.#state = { name: 'over' };
    this.#shares.clear();
    switch (state.name) {
      case 'connecting':
        state.cancel();
        state.abort.abort();
        break;
      case 'online':
        state.connection.close();
        break;
      case 'waiting':
        state.cancel();
        break;
      case 'idle':
      case 'over':
    }
  }

  #connect(): void {
    const abort = new AbortController();
    const cancel = this.#clock.after(CONNECT_DEADLINE_MS, () => abort.abort());
    const attempt: State = { name: 'connecting', abort, cancel };
    this.#state = attempt;
    this.#emit({ type: 'connecting', endpoint: this.endpoint });
    void openTransport(this.#options, this.#trust, abort.signal).then((opened) => {
      cancel();
      // Otherwise we were stopped meanwhile, and the signal has closed the socket.
      if (this.#state === attempt) this.#onOpened(opened);
    });
  }

  #onOpened(opened: Opened): void {
    if (!opened.ok) {
      const remedy = opened.fatal ? 'giveUp' : opened.distrusted ? 'retrySlowly' : 'retry';
      this.#onEnded({ error: opened.error, remedy, wentWell: false });
      return;
    }
    const { socket, tlsFingerprint } = opened;
    const connection = new Connection(socket, this.#options, this.#memory, this.#clock, {
      event: (event) => {
        if (event.type === 'loggedIn') this.#trust?.confirm();
        this.#emit(event);
      },
      ended: (ending) => this.#onEnded(ending),
    });
    this.#state = { name: 'online', connection };
    this.#emit({
      type: 'connected',
      endpoint: this.endpoint,
      ...(tlsFingerprint !== undefined && { tlsFingerprint }),
    });
    // The listener may have stopped us.
    if (this.#isOnline()) connection.start();
  }

  #isOnline(): boolean {
    return this.#state.name === 'online';
  }

  #onEnded({ error, remedy, wentWell }: Ending): void {
    if (this.#leaving) {
      this.stop();
      return;
    }
    if (remedy === 'giveUp') {
      this.#emit({ type: 'failed', error });
      this.#state = { name: 'over' };
      return;
    }
    const memory = this.#memory;
    memory.failures = wentWell ? 1 : memory.failures + 1;
    const retryInMs = retryDelayMs(remedy, memory.failures, this.#clock);
    memory.wait = { untilMs: this.#clock.nowMs() + retryInMs, remedy, error };
    this.#wait(error, remedy, retryInMs);
  }

  #wait(error: Problem, remedy: Remedy, retryInMs: number): void {
    const cancel = this.#clock.after(retryInMs, () => this.#connect());
    this.#state = { name: 'waiting', remedy, cancel };
    this.#emit({ type: 'disconnected', endpoint: this.endpoint, error, retryInMs });
  }

  #emit(event: SourceEvent): void {
    const isFate = 'share' in event;
    if (this.#state.name !== 'over' && (isFate || !this.#leaving)) this.#listener(event);
    if (isFate) this.#shares.delete(event.share);
  }
}
