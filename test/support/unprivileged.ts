/** Any user that owns nothing; Debian's `nobody`. */
const NOBODY = 65534;

/** Runs `work`, to its end, without root's rights, which would hide every permission fault. Needs nothing when not root. */
export function asUnprivileged<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  let isPending = false;
  try {
    const result = work();
    isPending = result instanceof Promise;
    return isPending ? ((result as Promise<unknown>).finally(regainRights) as T) : result;
  } finally {
    if (!isPending) regainRights();
  }
}

function regainRights(): void {
  process.seteuid?.(0);
  process.setegid?.(0);
}
