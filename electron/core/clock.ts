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
  /** Calls back every `intervalMs` until cancelled, within half a second of it. Never keeps the process alive. */
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
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(
        () => {
          wait();
          callback();
        },
        untilDueMs(performance.now(), intervalMs),
      );
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

const SECOND_MS = 1000;

/** What is due every few seconds is due on whole ones, all at once: each waking costs more than what is done in it. */
export function untilDueMs(nowMs: number, intervalMs: number): number {
  const dueMs = nowMs + intervalMs;
  return intervalMs < SECOND_MS ? intervalMs : Math.round(dueMs / SECOND_MS) * SECOND_MS - nowMs;
}
