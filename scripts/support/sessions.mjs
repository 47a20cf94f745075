import { writeFileSync } from 'node:fs';

/**
 * How much a session leaves to others: Linux shares the processors out among sessions first, each with a niceness of its own
 * (sched(7), autogroup). 0, a stage of the tests that a person would wait for, gets three times as much as 5, and nine times
 * as much as 10.
 */
export const niceness = {
  /** What only computes: all that the others leave, and a third of their share while they want all. */
  computing: 5,
  /** A desktop app under test: its hashing would fill any share, its window needs one. */
  app: 5,
  /** A terminal miner under test. */
  miner: 10,
};

/** Lets the session of this leader yield to others. Where the kernel has no such niceness, all are alike. */
export function yieldProcessors(leader, value) {
  try {
    writeFileSync(`/proc/${leader}/autogroup`, String(value));
  } catch (error) {
    if (!['ENOENT', 'EACCES', 'EPERM', 'EAGAIN', 'ESRCH'].includes(error.code)) throw error;
  }
}
