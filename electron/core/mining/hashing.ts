import type { Engine, EngineListener, EngineStatus } from '../engine/engine.ts';
import type { Problem } from '../../contract/snapshot.ts';
import type { Job, Share } from '../work/job.ts';
import type { Clock } from '../clock.ts';
import type { EngineMachine } from './machines.ts';
import { HashCounter } from './rates.ts';

export interface HashingOptions {
  readonly clock: Clock;
  /** Makes the engine when there is a job for it. May throw: `describeError` then says why. */
  readonly createEngine: (listener: EngineListener) => Engine;
  readonly describeError: (error: unknown) => Problem;
  readonly onShare: (share: Share, job: Job) => void;
  readonly onWarning: (problem: Problem) => void;
  readonly onFailure: (problem: Problem) => void;
  /** The machine, the counters or the progress moved. */
  readonly onChange: () => void;
}

/** Without a finished hash for so long, the word "mining" would be a lie. */
const STALL_MS = 10_000;

/** The engine's life from the first job to the stop, and what its counters tell. */
export class Hashing {
  readonly rate = new HashCounter();
  threadRates: readonly HashCounter[] = [];

  readonly #options: HashingOptions;
  #machine: EngineMachine = { state: 'off' };
  #engine: Engine | undefined;
  #end: Promise<void> = Promise.resolve();
  #status: EngineStatus | undefined;
  #hashesOfPastEngines = 0;
  #allowed = false;
  #movedAtMs: number | undefined;

  constructor(options: HashingOptions) {
    this.#options = options;
  }

  get machine(): EngineMachine {
    return this.#machine;
  }

  get status(): EngineStatus | undefined {
    return this.#status;
  }

  get cpus(): readonly number[] {
    return this.#engine?.cpus ?? [];
  }

  /** Hashes over all engines there were; never decreases. */
  get hashes(): number {
    return this.#hashesOfPastEngines + total(this.#status);
  }

  /** What the counter did since hashing was last allowed. */
  get counter(): 'still' | 'moving' | 'stalled' {
    if (this.#movedAtMs === undefined) return 'still';
    return this.#options.clock.wallMs() - this.#movedAtMs < STALL_MS ? 'moving' : 'stalled';
  }

  /** Lets the threads work on `job`, or makes them pause when there is none or they may not. */
  run(job: Job | undefined): void {
    if (job === undefined) {
      if (this.#allowed) this.#engine?.pause();
      this.#allowed = false;
      this.#movedAtMs = undefined;
      return;
    }
    // An engine that is still stopping is waited for; a failed one needs a new start.
    if (this.#machine.state === 'off') this.#create(job);
    else if (!this.#allowed) this.#engine?.resume();
    this.#allowed = true;
  }

  /** Hands a new job to the threads at once, paused or not. */
  setJob(job: Job): void {
    this.#engine?.setJob(job);
  }

  /** Ends the engine; resolves when nothing of it is left. */
  retire(): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return this.#end;
    this.#engine = undefined;
    this.#hashesOfPastEngines += total(this.#status);
    this.#status = undefined;
    this.#movedAtMs = undefined;
    this.#allowed = false;
    if (this.#machine.state !== 'failed') this.#machine = { state: 'stopping' };
    this.#end = engine.stop().then(
      () => {
        if (this.#machine.state === 'stopping') this.#machine = { state: 'off' };
        this.#options.onChange();
      },
      (error: unknown) => this.fail(this.#options.describeError(error)),
    );
    return this.#end;
  }

  fail(problem: Problem): void {
    if (this.#machine.state === 'failed') return;
    this.#machine = { state: 'failed', problem };
    void this.retire();
    this.#options.onFailure(problem);
  }

  /** Forgets a failure, so that the next job makes a new engine. */
  forgive(): void {
    if (this.#machine.state === 'failed') this.#machine = { state: 'off' };
  }

  /** To be called once a second. */
  sample(): void {
    const nowMs = this.#options.clock.wallMs();
    this.rate.sample(nowMs, this.hashes);
    this.#status?.hashesByThread.forEach((hashes, index) =>
      this.threadRates[index]?.sample(nowMs, hashes),
    );
  }

  #create(job: Job): void {
    try {
      this.#engine = this.#options.createEngine({
        onStatus: (status) => this.#onStatus(status),
        onShare: this.#options.onShare,
        onWarning: this.#options.onWarning,
        onError: (problem) => this.fail(problem),
      });
    } catch (error) {
      this.fail(this.#options.describeError(error));
      return;
    }
    this.#machine = { state: 'preparing', progress: 0 };
    this.threadRates = this.#engine.cpus.map(() => new HashCounter());
    this.#engine.setJob(job);
  }

  #onStatus(status: EngineStatus): void {
    if (this.#allowed && total(status) > total(this.#status)) {
      this.#movedAtMs = this.#options.clock.wallMs();
    }
    this.#status = status;
    this.#machine = toMachine(status) ?? this.#machine;
    this.#options.onChange();
  }
}

function total(status: EngineStatus | undefined): number {
  return status?.hashesByThread.reduce((sum, hashes) => sum + hashes, 0) ?? 0;
}

/** The machine's state a status stands for; undefined when it stands for none of them. */
function toMachine(status: EngineStatus): EngineMachine | undefined {
  const progress = status.datasetProgress < 1 ? status.datasetProgress : 0;
  switch (status.state) {
    case 'idle':
    case 'preparing':
      return { state: 'preparing', progress };
    case 'light':
      return { state: 'light', progress };
    case 'fast':
      return { state: 'fast' };
    case 'paused': // the permission machine says why; the mode is what it was
    case 'stopping':
    case 'stopped':
    case 'failed': // an error event says why
      return undefined;
  }
}
