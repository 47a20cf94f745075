import { z } from 'zod';
import { valuesSchema, type Values } from './problem.ts';
import { en } from './text/en.ts';

/** What happened, as data: a key of the catalogue's section `log`, and the values of its sentence. */
export type LogKey = keyof typeof en.log;
const keys = Object.keys(en.log) as [LogKey, ...LogKey[]];

export const logLine = z.object({
  level: z.enum(['info', 'warn', 'error']),
  key: z.enum(keys),
  values: valuesSchema,
});
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly key: LogKey;
  readonly values: Values;
}
