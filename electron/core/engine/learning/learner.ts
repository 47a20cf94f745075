import type { LearningState, TuningPoint } from '../../../contract/tuning.ts';
import type { EnergyCounter, Senses } from '../../../contract/senses.ts';
import { joulesBetween } from '../../system/energy.ts';
import type { EngineStatus } from '../engine.ts';
import { challengers, type Room, type Setup } from './challengers.ts';
import { Duel, type Side } from './duel.ts';

export interface Pace {
  /** After a change, what threads begin anew is over by then. */
  readonly settleMs: number;
  readonly sliceMs: number;
  /** Slow machines hash for longer, so that a slice is not a few hashes more or less. */
  readonly sliceHashes: number;
}

const UNHURRIED: Pace = { settleMs: 1000, sliceMs: 10_000, sliceHashes: 400 };
/** What the system has not given by then it refuses: fewer lanes or threads than asked for. */
const REFUSED_AFTER_MS = 15_000;

export interface Learned extends Setup {
  /** The best of each number of threads that was tried, ascending. */
  readonly curve: readonly TuningPoint[];
}

interface Slice {
  readonly fromMs: number;
  readonly hashes: number;
  readonly energy: readonly EnergyCounter[];
}

/**
 * Finds the best way of hashing while it hashes in earnest: two ways take turns, the better one stays and meets the next.
 * To be shown every status; what it says in `setup` is to be done.
 *
 *   changing ──as asked──► settling ──1 s──► counting ──10 s──► changing … done
 *      ▲                       │                 │
 *      └──── paused, another mode, held back ────┘
 */
export class Learner {
  /** The state of an engine that hashes as it is meant to. */
  readonly mode: 'light' | 'fast';
  readonly #pace: Pace;
  readonly #room: Room;
  readonly #queue: Generator<Setup, Setup, Setup>;
  readonly #points = new Map<number, TuningPoint>();
  #holder: Setup;
  /** Null: all was tried. */
  #challenger: Setup | null = null;
  #duel = new Duel();
  #changingSinceMs: number | null = null;
  #settlingSinceMs: number | null = null;
  #slice: Slice | null = null;
  readonly #energy: Senses['energy'];

  /** `energy`: where hashes per joule count; without it, and where it tells nothing, hashes per second do. */
  constructor(
    first: Setup,
    room: Room,
    mode: 'light' | 'fast',
    { pace = UNHURRIED, energy = () => [] }: { pace?: Pace; energy?: Senses['energy'] } = {},
  ) {
    this.mode = mode;
    this.#pace = pace;
    this.#energy = energy;
    this.#room = room;
    this.#holder = first;
    this.#queue = challengers(first, room);
    this.#next(first);
  }

  /** How it is to be hashed now. */
  get setup(): Setup {
    return this.#challenger !== null && this.#duel.turn === 'challenger'
      ? this.#challenger
      : this.#holder;
  }

  get state(): LearningState {
    const { threads, interleave } = this.setup;
    return {
      trying: this.#challenger === null ? null : { threads, interleave },
      points: this.#curve(),
    };
  }

  /** Null while something is left to try. */
  get learned(): Learned | null {
    return this.#challenger === null ? { ...this.#holder, curve: this.#curve() } : null;
  }

  /** What is hashed at the moment says nothing: the slice begins anew. */
  interrupt(): void {
    this.#changingSinceMs = null;
    this.#settlingSinceMs = null;
    this.#slice = null;
  }

  /** Whether all has been tried with this. */
  see(status: EngineStatus, nowMs: number): boolean {
    if (this.#challenger === null) return false;
    this.#look(status, nowMs);
    return this.learned !== null;
  }

  #look(status: EngineStatus, nowMs: number): void {
    if (status.state !== this.mode) {
      this.interrupt();
      return;
    }
    if (!this.#isAsAsked(status)) {
      this.#settlingSinceMs = null;
      this.#slice = null;
      this.#changingSinceMs ??= nowMs;
      if (nowMs - this.#changingSinceMs >= REFUSED_AFTER_MS) this.#giveUp();
      return;
    }
    this.#changingSinceMs = null;
    this.#settlingSinceMs ??= nowMs;
    if (nowMs - this.#settlingSinceMs < this.#pace.settleMs) return;
    const hashes = status.hashesByThread.reduce((sum, of) => sum + of, 0);
    this.#slice ??= { fromMs: nowMs, hashes, energy: this.#energy() };
    const { fromMs, hashes: hashesBefore, energy } = this.#slice;
    const durationMs = nowMs - fromMs;
    const done = hashes - hashesBefore;
    if (durationMs < this.#pace.sliceMs || done < this.#pace.sliceHashes) return;
    this.interrupt();
    const joules = joulesBetween(energy, this.#energy());
    this.#duel.add({
      hashesPerSecond: (done * 1000) / durationMs,
      hashesPerJoule: joules === null || joules === 0 ? null : done / joules,
    });
    const { winner } = this.#duel;
    if (winner !== null) this.#end(winner);
  }

  #isAsAsked({ hashesByThread, interleave }: EngineStatus): boolean {
    const { setup } = this;
    return (
      hashesByThread.length === setup.threads &&
      (!this.#room.lanes || interleave === setup.interleave)
    );
  }

  /** A challenger that cannot be had has lost; with the holder refused nothing can be learnt for now. */
  #giveUp(): void {
    const { turn } = this.#duel;
    this.interrupt();
    if (turn === 'challenger') this.#end('holder');
  }

  #end(winner: Side): void {
    const challenger = this.#challenger;
    if (challenger === null) return;
    const sides = { holder: this.#holder, challenger };
    for (const side of ['holder', 'challenger'] as const) {
      const { threads, interleave } = sides[side];
      const hashesPerSecond = this.#duel.rateOf(side);
      const isBestOfItsThreads = side === winner || sides[winner].threads !== threads;
      if (isBestOfItsThreads && hashesPerSecond > 0)
        this.#points.set(threads, { threads, interleave, hashesPerSecond });
    }
    this.#next(sides[winner]);
  }

  #next(holder: Setup): void {
    this.#holder = holder;
    const next = this.#queue.next(holder);
    this.#challenger = next.done === true ? null : next.value;
    this.#duel = new Duel();
  }

  #curve(): TuningPoint[] {
    return [...this.#points.values()].sort((one, other) => one.threads - other.threads);
  }
}
