import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../contract/problem.ts';
import type { Rates } from '../../contract/snapshot.ts';
import type { LearningState } from '../../contract/tuning.ts';
import type { Engine, EngineOpener, EngineStatus } from '../engine/engine.ts';
import { engineProblem } from '../engine/problem.ts';
import type { EngineSpec } from '../engine/spec.ts';
import type { Clock } from '../clock.ts';
import type { Job, Share } from '../work/job.ts';
import { transition, type EngineState, type EngineStateEvent } from './engineState.ts';
import { HashCounter, noRates } from './rates.ts';

export interface HashingOptions {
  readonly clock: Clock;
  readonly openEngine: EngineOpener;
  readonly onShare: (share: Share, job: Job) => void;
  /** Hashes finished since the last call, and the time for which they were hashed. */
  readonly onHashes: (hashes: number, durationMs: number) => void;
  readonly onWarning: (problem: Problem) => void;
  readonly onFailure: (problem: Problem) => void;
  /** The state, the counters or the progress moved. */
  readonly onChange: () => void;
}

/** Without a finished hash for so long, the word "mining" would be a lie. */
const STALL_MS = 10_000;
const THREAD_RATE_WINDOW_MS = 10_000;

/** The engine's life from the first job to the stop, and what its counters tell. */
export class Hashing {
  readonly #options: HashingOptions;
  #state: EngineState = { state: 'off' };
  #spec: EngineSpec | undefined;
  #engine: Engine | undefined;
  #end: Promise<void> = Promise.resolve();
  #status: EngineStatus | undefined;
  #hashes = 0;
  readonly #rate = new HashCounter();
  /** One for each thread, in the order of the CPUs. */
  #threadRates: HashCounter[] = [];
  #isAllowed = false;
  #movedAtMs: number | undefined;

  constructor(options: HashingOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** The threads have work and may do it. */
  get isAllowed(): boolean {
    return this.#isAllowed;
  }

  get status(): EngineStatus | undefined {
    return this.#status;
  }

  /** Hashes over all engines there were; never decreases. */
  get hashes(): number {
    return this.#hashes;
  }

  /** What the counter did since hashing was last allowed. */
  get counter(): 'still' | 'moving' | 'stalled' {
    if (this.#movedAtMs === undefined) return 'still';
    return this.#options.clock.nowMs() - this.#movedAtMs < STALL_MS ? 'moving' : 'stalled';
  }

  /** Of now: none while nothing is hashed. */
  get rates(): Rates {
    return this.counter === 'moving' ? this.#rate.rates() : noRates;
  }

  get threads(): readonly { readonly cpu: number; readonly hashesPerSecond: number | null }[] {
    return (this.#engine?.cpus ?? []).map((cpu, index) => ({
      cpu,
      hashesPerSecond:
        this.counter === 'moving'
          ? (this.#threadRates[index]?.perSecond(THREAD_RATE_WINDOW_MS) ?? null)
          : null,
    }));
  }

  get learning(): LearningState | null {
    return this.#engine?.learning ?? null;
  }

  /** How it is to be hashed from now on. A running engine goes on with its dataset and its nonces. */
  follow(spec: EngineSpec): void {
    if (isDeepStrictEqual(spec, this.#spec)) return;
    this.#spec = spec;
    this.#engine?.follow(spec);
  }

  /** Lets the threads work on `job`, or makes them pause when there is none or they may not. */
  run(job: Job | undefined): void {
    if (job === undefined) {
      if (this.#isAllowed) this.#engine?.pause();
      this.#isAllowed = false;
      this.#forgetRates();
      return;
    }
    // An engine that is still stopping is waited for; a failed one needs a new start.
    if (this.#state.state === 'off') this.#open(job);
    else if (!this.#isAllowed) this.#engine?.resume();
    this.#isAllowed = true;
  }

  /** Hands a new job to the threads at once, paused or not. */
  setJob(job: Job): void {
    this.#engine?.setJob(job);
  }

  /** Ends the engine; resolves when what it found was told and nothing of it is left. Never rejects. */
  retire(): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return this.#end;
    this.#engine = undefined;
    this.#status = undefined;
    this.#isAllowed = false;
    this.#forgetRates();
    this.#move({ type: 'stopRequested' });
    this.#end = engine.stop().then(
      () => {
        this.#move({ type: 'gone' });
        this.#options.onChange();
      },
      (error: unknown) => this.#fail(engineProblem(error)),
    );
    return this.#end;
  }

  /** Forgets a failure, so that the next job makes a new engine. */
  forgive(): void {
    this.#move({ type: 'forgiven' });
  }

  #open(job: Job): void {
    if (this.#spec === undefined) return;
    try {
      this.#engine = this.#options.openEngine(this.#spec, {
        onStatus: (status) => this.#onStatus(status),
        onShare: this.#options.onShare,
        onWarning: this.#options.onWarning,
        onError: (problem) => this.#fail(problem),
      });
    } catch (error) {
      this.#fail(engineProblem(error));
      return;
    }
    this.#move({ type: 'created' });
    this.#engine.setJob(job);
  }

  #fail(problem: Problem): void {
    if (this.#state.state === 'failed') return;
    this.#move({ type: 'failed', problem });
    void this.retire();
    this.#options.onFailure(problem);
  }

  #onStatus(status: EngineStatus): void {
    const before = this.#status?.hashesByThread ?? [];
    this.#status = status;
    this.#move({ type: 'status', status });
    if (status.hashesByThread.length < before.length) this.#threadRates = [];
    this.#count(finishedSince(before, status.hashesByThread));
    this.#sample(status.hashesByThread);
    // Until the threads hash again, what they did before says nothing.
    if (this.#state.state === 'preparing') this.#forgetRates();
    this.#options.onChange();
  }

  #count(finished: number): void {
    if (finished === 0) return;
    const nowMs = this.#options.clock.nowMs();
    this.#hashes += finished;
    const durationMs = nowMs - (this.#movedAtMs ?? nowMs);
    this.#options.onHashes(finished, Math.min(durationMs, STALL_MS));
    if (this.#isAllowed) this.#movedAtMs = nowMs;
  }

  #sample(hashesByThread: readonly number[]): void {
    if (this.counter !== 'moving') return;
    const nowMs = this.#options.clock.nowMs();
    this.#rate.sample(nowMs, this.#hashes);
    hashesByThread.forEach((hashes, index) => {
      (this.#threadRates[index] ??= new HashCounter(THREAD_RATE_WINDOW_MS)).sample(nowMs, hashes);
    });
  }

  #forgetRates(): void {
    this.#movedAtMs = undefined;
    this.#rate.clear();
    this.#threadRates = [];
  }

  #move(event: EngineStateEvent): void {
    this.#state = transition(this.#state, event);
  }
}

/** A thread that came anew counts from 0; one that went is not counted on. */
function finishedSince(before: readonly number[], now: readonly number[]): number {
  return now.reduce((sum, hashes, index) => {
    const known = before[index] ?? 0;
    return sum + (hashes >= known ? hashes - known : hashes);
  }, 0);
}
