import type { ThreadsHeld } from '../../contract/snapshot.ts';

/** How it is to be hashed, as plain data: what settings and arguments become. */
export interface EngineSpec {
  /** A part of those that pay (core/system/threads.ts), or so many. */
  readonly threads: 'quiet' | 'balanced' | 'full' | { readonly count: number };
  /** No more than these, whatever else is asked for, by a rule. */
  readonly held?: ThreadsHeld;
  /** `auto`: fast where the memory for it is free. */
  readonly mode: 'auto' | 'fast' | 'light';
  /** Other ways of hashing are tried while mining, and the fastest is kept; never while threads are held back. */
  readonly learns?: boolean;
}
