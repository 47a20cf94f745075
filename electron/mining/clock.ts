/** Time as the session sees it; handed in so that tests own it. */
export interface Clock {
  /** Unix time in ms. */
  nowMs(): number;
  /** Calls `callback` every `intervalMs` until the returned function is called. Never keeps the process alive. */
  every(intervalMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  every(intervalMs, callback) {
    const timer = setInterval(callback, intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};
