import type { Share } from '../job.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../source.ts';
import { retryDelayMs, type Remedy } from './backoff.ts';
import { systemClock, type Cancel, type Clock } from '../../clock.ts';
import { Connection, type Ending } from './connection.ts';
import type { StratumOptions } from './options.ts';
import { PoolRecord } from './record.ts';
import { SharesUnderWay } from '../sharesUnderWay.ts';
import { openTransport, type Opened } from './transport.ts';
import { CertificateTrust } from './trust.ts';

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
  readonly #record = new PoolRecord();
  readonly #trust: CertificateTrust | undefined;
  #state: State = { name: 'idle' };
  /** Since a connection last went well. */
  #failures = 0;
  readonly #shares: SharesUnderWay;
  #leaving = false;

  constructor(options: StratumOptions, listener: SourceListener, clock: Clock = systemClock) {
    const { host, port, tls } = options;
    this.endpoint = { kind: 'stratum', host, port, tls: tls !== undefined };
    this.#options = options;
    this.#listener = listener;
    this.#clock = clock;
    this.#shares = new SharesUnderWay(clock);
    this.#trust = tls && new CertificateTrust(tls);
  }

  start(): void {
    if (this.#state.name === 'idle') this.#connect();
  }

  submit(share: Share): void {
    this.#shares.add(share);
    if (this.#state.name === 'online') {
      this.#state.connection.submit(share);
    } else if (this.#state.name !== 'over') {
      const message = 'There was no connection to send the share over.';
      this.#emit({ type: 'stale', share, error: { code: 'not_logged_in', message } });
    }
  }

  wake(): void {
    const state = this.#state;
    if (this.#leaving) return;
    this.#failures = 0;
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
        const message = 'The pool was left before it answered this share.';
        this.#emit({ type: 'stale', share, error: { code: 'unanswered', message } });
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
      const remedy = opened.fatal ? 'giveUp' : 'retry';
      this.#onEnded({ error: opened.error, remedy, wentWell: false });
      return;
    }
    const { socket, tlsFingerprint } = opened;
    const connection = new Connection(socket, this.#options, this.#record, this.#clock, {
      event: (event) => this.#emit(event),
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
    this.#failures = wentWell ? 1 : this.#failures + 1;
    const retryInMs = retryDelayMs(remedy, this.#failures, this.#clock);
    this.#state = {
      name: 'waiting',
      remedy,
      cancel: this.#clock.after(retryInMs, () => this.#connect()),
    };
    this.#emit({ type: 'disconnected', endpoint: this.endpoint, error, retryInMs });
  }

  #emit(event: SourceEvent): void {
    const isFate = 'share' in event;
    if (this.#state.name !== 'over' && (isFate || !this.#leaving)) this.#listener(event);
    if (isFate) this.#shares.delete(event.share);
  }
}
