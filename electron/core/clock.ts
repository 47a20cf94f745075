import { uptime } from 'node:os';

/** Time and chance, handed in so that tests own both. */
export interface Clock {
  /** Milliseconds that only ever grow, whatever is done to the system's clock: for every interval. */
  nowMs(): number;
  /** Milliseconds that only ever grow, also while the computer sleeps; may tick in hundredths of a second. */
  throughSleepMs(): number;
  /** Unix time in ms, which may jump: for display and records only. */
  wallMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels that. */
  after(delayMs: number, callback: () => void): Cancel;
  /** Calls back every `intervalMs` until cancelled. Never keeps the process alive. */
  every(intervalMs: number, callback: () => void): Cancel;
  /** Uniform in [0, 1). */
  random(): number;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  throughSleepMs: () => uptime() * 1000,
  wallMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  every(intervalMs, callback) {
    const timer = setInterval(callback, intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  },
  random: Math.random,
};
