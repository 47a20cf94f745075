/** A value, or a stable code with a sentence for people. What boundaries return instead of throwing. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/** `code` is stable and for programs; `message` is a sentence that tells the user what to do next. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: string, message: string): { ok: false; error: Failure } {
  return { ok: false, error: { code, message } };
}
