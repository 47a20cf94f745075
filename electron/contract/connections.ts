import { z } from 'zod';
import { en } from './text/en.ts';
import { keysOf } from './text/phrase.ts';

/** What the app connects for, by the names in the catalogue; `api` is listened for. */
export const connectionPurpose = z.enum(keysOf(en.connections.purposes));
export type ConnectionPurpose = z.infer<typeof connectionPurpose>;

export const connection = z.object({
  purpose: connectionPurpose,
  /** IPv6 without brackets. */
  host: z.string(),
  /** Null: another one each time. */
  port: z.number().nullable(),
  /** It may be opened as things are. */
  isOn: z.boolean(),
  /** Unix time at which it was last opened; null: not since launch. */
  lastAtMs: z.number().nullable(),
  /** Of all that were opened since launch, encryption included. */
  sentBytes: z.number(),
  receivedBytes: z.number(),
});
export type Connection = z.infer<typeof connection>;
