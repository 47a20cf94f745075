/** Time and chance, handed in so that tests own both. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels that. */
  after(delayMs: number, callback: () => void): Cancel;
  /** Uniform in [0, 1). */
  random(): number;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
