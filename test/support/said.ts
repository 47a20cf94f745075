import type { Problem } from '../../electron/contract/problem.ts';
import { createText } from '../../electron/contract/text/index.ts';

const { sentence } = createText('en');

/** What people read of a problem; nothing where there is none. */
export function said(problem: Problem | undefined): string {
  return problem === undefined ? '' : sentence(problem);
}
