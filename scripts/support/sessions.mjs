import { writeFileSync } from 'node:fs';

/**
 * How much a session leaves to others: Linux shares the processors out among sessions first, each with a niceness of its own
 * (sched(7), autogroup). 0, a stage of the tests that a person would wait for, gets twice as much as 3, and three times as much
 * as 5.
 */
export const niceness = {
  /** What only computes: all that the others leave, and a third of their share while they want all. */
  computing: 5,
  /** A miner or an app under test: its hashing would fill any share, yet it must get on. */
  hashing: 3,
};

/** Lets the session of this leader yield to others. Where the kernel has no such niceness, all are alike. */
export function yieldProcessors(leader, value) {
  try {
    writeFileSync(`/proc/${leader}/autogroup`, String(value));
  } catch (error) {
    if (!['ENOENT', 'EACCES', 'EPERM', 'EAGAIN', 'ESRCH'].includes(error.code)) throw error;
  }
}
