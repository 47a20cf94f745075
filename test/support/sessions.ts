import { join } from 'node:path';

interface Sessions {
  readonly niceness: { readonly app: number; readonly miner: number };
  readonly yieldProcessors: (leader: number, niceness: number) => void;
}

const scripts = join(import.meta.dirname, '../../scripts');
const { niceness, yieldProcessors } = (await import(
  join(scripts, 'support/sessions.mjs')
)) as Sessions;

/**
 * A program under test that leads a session of its own hashes in what other stages leave of the processors: hashing fills any
 * share, and nothing is learnt from more of it.
 */
export function yieldAs(kind: 'app' | 'miner', leader: number | undefined): void {
  if (leader !== undefined) yieldProcessors(leader, niceness[kind]);
}
