import { z } from 'zod';
import { healthCommand } from './health.ts';
import { problemSchema } from './problem.ts';
import { en } from './text/en.ts';
import { keysOf } from './text/phrase.ts';

/** What the app makes on a computer, by its names in the catalogue. */
export const madeKind = z.enum(keysOf(en.uninstall.made));
export type MadeKind = z.infer<typeof madeKind>;

/** What a user may want to have again after a new installation. */
export const keepableKind = z.enum(keysOf(en.uninstall.keep));
export type KeepableKind = z.infer<typeof keepableKind>;

const place = z.object({ kind: madeKind, place: z.string() });

/** How the program came onto this computer, and the command that removes it. The app never runs that one. */
export const installation = z.object({
  kind: z.enum(keysOf(en.uninstall.program)),
  command: z.string(),
});
export type Installation = z.infer<typeof installation>;

export const uninstallPlan = z.object({
  /** What is there now. */
  made: z.array(place),
  /** Names in the app's folder that the app did not make. */
  foreign: z.array(z.string()),
  installation,
  /** Huge pages that the system holds in reserve, and the command that gives them back; null where there are none. */
  hugePages: z.object({ count: z.number(), undo: healthCommand }).nullable(),
});
export type UninstallPlan = z.infer<typeof uninstallPlan>;

/** What became of each thing. */
const outcome = z.discriminatedUnion('fate', [
  place.extend({ fate: z.enum(['removed', 'kept', 'atQuit', 'afterQuit']) }),
  place.extend({ fate: z.literal('failed'), problem: problemSchema }),
]);
export type Outcome = z.infer<typeof outcome>;

export const uninstallReport = z.array(outcome);
export type UninstallReport = z.infer<typeof uninstallReport>;
