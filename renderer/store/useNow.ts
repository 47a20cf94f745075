import { useEffect, useState } from 'react';
import { nowMs } from './pageClock.ts';

const STEP_MS = 1000;

/** The time, once a second, for what counts down. */
export function useNow(clock: () => number = nowMs): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), STEP_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
