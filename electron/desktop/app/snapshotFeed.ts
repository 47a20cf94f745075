import type { Snapshot, SnapshotNews } from '../../contract/snapshot.ts';
import type { Cancel, Clock } from '../../core/clock.ts';
import { ToldSnapshot } from './toldSnapshot.ts';

export interface SnapshotFeedParts {
  readonly clock: Clock;
  readonly take: () => Snapshot;
  /** Whether anybody can see the window. */
  readonly isLookedAt: () => boolean;
  readonly tellAll: (snapshot: Snapshot) => void;
  readonly tellNews: (news: SnapshotNews) => void;
  /** For tray and notifications, which are there without a window too. */
  readonly onTaken: (snapshot: Snapshot) => void;
}

const TICK_MS = 1000;
/** Countdowns move once a second; figures of hashing, which are averages of ten seconds and more, half as often. */
const HASHING_MS = 2000;
/** A hidden app is looked at for its tray and its notifications only. */
const HIDDEN_MS = 5000;
/** What happens is shown at once, but never more often. */
const AT_MOST_EVERY_MS = 500;
/** A picture in which only time has passed: what says how long ago something was is right all the same. */
const UNCHANGED_MS = 10_000;

/** Decides when a snapshot is taken and when the window is told: never while hidden, and never for nothing. */
export class SnapshotFeed {
  readonly #parts: SnapshotFeedParts;
  #stopTicking: Cancel = () => undefined;
  #soon: Cancel | undefined;
  #takenAtMs = -Infinity;
  #isHashing = false;
  /** Null: the window knows nothing. */
  #told: ToldSnapshot | null = null;
  #toldAtMs = -Infinity;

  constructor(parts: SnapshotFeedParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopTicking = this.#parts.clock.every(TICK_MS, () => {
      // Half a tick less: timers are not exact.
      if (this.#sinceMs(this.#takenAtMs) >= this.#everyMs - TICK_MS / 2) this.take();
    });
  }

  end(): void {
    this.#stopTicking();
    this.#soon?.();
  }

  /** Something happened. */
  changed(): void {
    if (this.#soon !== undefined) return;
    const waitMs = AT_MOST_EVERY_MS - this.#sinceMs(this.#takenAtMs);
    if (waitMs <= 0) this.take();
    else this.#soon = this.#parts.clock.after(waitMs, () => this.take());
  }

  /** The window has come back, or has a page that knows nothing yet: it is told whatever there is. */
  show(): void {
    this.#told = null;
    this.take();
  }

  take(): void {
    this.#soon?.();
    this.#soon = undefined;
    const { clock, take, isLookedAt, onTaken } = this.#parts;
    this.#takenAtMs = clock.nowMs();
    const snapshot = take();
    this.#isHashing = snapshot.activity === 'hashing';
    onTaken(snapshot);
    if (isLookedAt()) this.#tell(snapshot);
  }

  #tell(snapshot: Snapshot): void {
    const { tellAll, tellNews } = this.#parts;
    const isFirst = this.#told === null;
    this.#told ??= new ToldSnapshot();
    const news = this.#told.newsIn(snapshot);
    if (news === null && this.#sinceMs(this.#toldAtMs) < UNCHANGED_MS) return;
    this.#toldAtMs = this.#takenAtMs;
    if (isFirst) tellAll(snapshot);
    else tellNews(news ?? { takenAtMs: snapshot.takenAtMs, monotonicMs: snapshot.monotonicMs });
  }

  get #everyMs(): number {
    if (!this.#parts.isLookedAt()) return HIDDEN_MS;
    return this.#isHashing ? HASHING_MS : TICK_MS;
  }

  #sinceMs(atMs: number): number {
    return this.#parts.clock.nowMs() - atMs;
  }
}
