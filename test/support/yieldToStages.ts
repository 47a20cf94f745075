import { join } from 'node:path';

interface Sessions {
  readonly niceness: { readonly hashing: number };
  readonly yieldProcessors: (leader: number, niceness: number) => void;
}

const scripts = join(import.meta.dirname, '../../scripts');
const { niceness, yieldProcessors } = (await import(
  join(scripts, 'support/sessions.mjs')
)) as Sessions;

/**
 * A program under test that leads a session of its own leaves more of the processors to the stages beside it: hashing fills
 * any share, and nothing is learnt from more of it.
 */
export function yieldToStages(leader: number | undefined): void {
  if (leader !== undefined) yieldProcessors(leader, niceness.hashing);
}
