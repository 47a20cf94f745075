import type { Cancel, Clock } from '../../electron/core/clock.ts';

/** Time that passes only when told to; chance that is always the same. */
export class FakeClock implements Clock {
  #now = 0;
  #wallAtStart = Date.UTC(2026, 0, 1);
  #sleptMs = 0;
  #chance = 0;
  readonly #timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();

  nowMs(): number {
    return this.#now;
  }

  throughSleepMs(): number {
    return this.#now + this.#sleptMs;
  }

  wallMs(): number {
    return this.#wallAtStart + this.#now;
  }

  /** What setting the system's clock does: only the wall clock jumps. */
  setWallBy(ms: number): void {
    this.#wallAtStart += ms;
  }

  /** What sleep does: timers stand still, as does `nowMs` on Linux. */
  sleep(ms: number): void {
    this.#sleptMs += ms;
    this.setWallBy(ms);
  }

  every(intervalMs: number, callback: () => void): Cancel {
    let cancel: Cancel = () => undefined;
    const next = () => {
      cancel = this.after(intervalMs, () => {
        next();
        callback();
      });
    };
    next();
    return () => cancel();
  }

  random(): number {
    return this.#chance;
  }

  /** What `random` returns from now on. */
  setChance(chance: number): void {
    this.#chance = chance;
  }

  after(delayMs: number, callback: () => void): Cancel {
    const timer = { dueMs: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Timers that are still to come: 0 after everything was cleaned up. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass, calling back in order whatever comes due, timers set meanwhile included. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers]
        .filter(({ dueMs }) => dueMs <= end)
        .sort((one, other) => one.dueMs - other.dueMs);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.dueMs);
      next.callback();
    }
    this.#now = end;
  }
}
