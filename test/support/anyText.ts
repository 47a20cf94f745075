import fc from 'fast-check';
import { vi } from 'vitest';

// Properties are quick, but the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Any text that bytes from outside can become, invalid UTF-8 included. */
export const anyText = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.from(bytes).toString());
