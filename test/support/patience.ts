import { vi } from 'vitest';

/** No test depends on a quiet computer: what is waited for without a limit of its own may take as long as a hung one would. */
export const PATIENCE_MS = 60_000;

const waitFor = vi.waitFor.bind(vi);
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options });
