import { useSyncExternalStore } from 'react';

/** The time, once a second, for what counts down. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}

const STEP_MS = 1000;

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, STEP_MS);
  return () => clearInterval(timer);
}

/** Whole seconds, so that the value is stable between two steps. */
function read(): number {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS;
}
