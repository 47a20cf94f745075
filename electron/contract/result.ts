import type { Problem } from './problem.ts';

/** A value, or what went wrong. What boundaries return instead of throwing. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Problem };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(error: Problem): { ok: false; error: Problem } {
  return { ok: false, error };
}
