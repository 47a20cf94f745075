import { z } from 'zod';
import { en } from './text/en.ts';
import { keysOf, type Given, type KeyOf } from './text/phrase.ts';

/** A sentence of the health page, as data. */
export type RemarkKey = KeyOf<typeof en.health.remarks>;
const remarkSchema = z.object({
  key: z.enum(keysOf(en.health.remarks)),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Remark = z.infer<typeof remarkSchema>;

/** The only way to make a remark: its sentence says which values it takes. */
export function remark<Key extends RemarkKey>(
  key: Key,
  ...[values]: Given<typeof en.health.remarks, Key, string | number>
): Remark {
  return { key, values: values ?? {} };
}

/** A command for a terminal, by what it is for. */
export const healthCommand = z.object({
  use: z.enum(keysOf(en.health.commands)),
  command: z.string(),
  /** The app runs it when its button is pressed, through the system's own prompt; any other one the user types himself. */
  canRun: z.boolean().optional(),
});
export type HealthCommand = z.infer<typeof healthCommand>;

/** One of the things that mining depends on. */
export const healthItem = z.object({
  id: z.enum(keysOf(en.health.checks)),
  status: z.enum(['ok', 'warn', 'unknown']),
  /** What was found, one sentence after the other. */
  remarks: z.array(remarkSchema),
  /** What to do, and what it brings. */
  fix: remarkSchema.nullable(),
  /** That do it, and that undo what was done. */
  commands: z.array(healthCommand),
});
export type HealthItem = z.infer<typeof healthItem>;

/** What became of a command that the system's prompt was asked for. */
export const commandEnd = z.enum(['ran', 'dismissed', 'notAllowed']);
export type CommandEnd = z.infer<typeof commandEnd>;

/** What huge pages bring on this computer, measured in turns with the same threads. */
export const pagesGain = z.object({
  /** What the dataset was in; `4k`: there were none to compare. */
  pages: z.enum(['1g', '2m', 'thp', '4k', 'none']),
  threads: z.number(),
  hugeHashesPerSecond: z.number(),
  smallHashesPerSecond: z.number(),
});
export type PagesGain = z.infer<typeof pagesGain>;

/** How mining went over the next fork of Monero, on the practice pool: from rx/0 to rx/2. */
export const forkRehearsal = z.object({
  mode: z.enum(['fast', 'light']),
  threads: z.number(),
  hashesPerSecond: z.object({ before: z.number(), after: z.number() }),
  /** Accepted before the fork and after it; refused; too late for their block. */
  shares: z.object({
    before: z.number(),
    after: z.number(),
    refused: z.number(),
    late: z.number(),
  }),
  /** The longest time without a finished hash, at the fork. */
  standstillMs: z.number(),
  /** Dataset and cache were not built anew. */
  isMemoryKept: z.boolean(),
  /** `unproven`: nothing went wrong, but no share was found after the fork in the time there was. */
  readiness: z.enum(['ready', 'notReady', 'unproven']),
});
export type ForkRehearsal = z.infer<typeof forkRehearsal>;

/** The same as it is kept, over restarts too. `rehearsedAtMs`: Unix time in ms. */
export const keptForkRehearsal = forkRehearsal.extend({ rehearsedAtMs: z.number() });
export type KeptForkRehearsal = z.infer<typeof keptForkRehearsal>;

/** What became of the engine's test. */
export const selfTest = z.object({
  /** That were compared with published ones. */
  hashes: z.number(),
  /** Algorithm and way of each that differed: `rx/0 jit`. */
  wrong: z.array(z.string()),
  durationMs: z.number(),
});
export type SelfTest = z.infer<typeof selfTest>;
