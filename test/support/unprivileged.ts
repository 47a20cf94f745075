/** Any user that owns nothing; Debian's `nobody`. */
const NOBODY = 65534;

/** Runs `work` without root's rights, which would hide every permission fault. Needs nothing when not root. */
export function asUnprivileged<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
