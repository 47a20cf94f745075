import { z } from 'zod';
import { problemSchema, valuesSchema, type Values } from './problem.ts';
import { sessionState, type SessionState } from './snapshot.ts';
import { en } from './text/en.ts';
import { keysOf, type KeyOf } from './text/phrase.ts';

/** What happened, as data: a key of the catalogue's section `log`, and the values of its sentence. */
export type LogKey = KeyOf<typeof en.log>;
const level = z.enum(['info', 'warn', 'error']);

export interface LogLine {
  readonly level: z.infer<typeof level>;
  readonly key: LogKey;
  readonly values: Values;
}

/** What the session came to, told by its why line. */
export interface StateLine {
  readonly level: z.infer<typeof level>;
  readonly state: SessionState;
  readonly practice: boolean;
}

/** A line of the log, at a Unix time in ms; addresses are already redacted. */
export const logEntry = z.union([
  z.object({ timeMs: z.number(), level, key: z.enum(keysOf(en.log)), values: valuesSchema }),
  z.object({ timeMs: z.number(), level, state: sessionState, practice: z.boolean() }),
]);
export type LogEntry = z.infer<typeof logEntry>;

/** Where the log is kept; `fault`: why it is not at the moment. */
export const logFolder = z.object({ folder: z.string(), fault: problemSchema.nullable() });
export type LogFolder = z.infer<typeof logFolder>;
