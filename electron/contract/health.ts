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

/** One of the things that mining depends on. */
export const healthItem = z.object({
  id: z.enum(keysOf(en.health.checks)),
  status: z.enum(['ok', 'warn', 'unknown']),
  /** What was found, one sentence after the other. */
  remarks: z.array(remarkSchema),
  /** What to do, with the exact command when there is one. */
  fix: remarkSchema.nullable(),
});
export type HealthItem = z.infer<typeof healthItem>;
