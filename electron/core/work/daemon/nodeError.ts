import { problem, type Problem } from '../../../contract/problem.ts';

/** A call to a node that failed. */
export class NodeError extends Error {
  readonly problem: Problem;
  /** No retry can mend it: the user has to change something. */
  readonly isFinal: boolean;
  /** The number of monerod's own error, when it answered with one. */
  readonly rpcCode: number | undefined;

  constructor(why: Problem, facts: { readonly isFinal?: boolean; readonly rpcCode?: number } = {}) {
    super(why.code);
    this.problem = why;
    this.isFinal = facts.isFinal ?? false;
    this.rpcCode = facts.rpcCode;
  }
}

/** Whatever was thrown, as something that can be told. */
export function toNodeError(error: unknown): NodeError {
  return error instanceof NodeError
    ? error
    : new NodeError(problem('internal', { reason: String(error) }));
}
