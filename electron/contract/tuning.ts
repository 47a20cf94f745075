import { z } from 'zod';
import { problemSchema } from './problem.ts';

/** What measuring this computer found out, as it is kept on disk and shown. */

export const tuningPoint = z.object({
  threads: z.number().int().min(1).max(1024),
  /** Hashes side by side in one thread. */
  interleave: z.number().int().min(1).max(4),
  hashesPerSecond: z.number().nonnegative(),
});
export type TuningPoint = z.infer<typeof tuningPoint>;

export const tuning = z.object({
  algorithm: z.enum(['rx/0', 'rx/2', 'cn/1']),
  mode: z.enum(['fast', 'light']),
  pages: z.enum(['1g', '2m', 'thp', '4k', 'none']),
  rounding: z.enum(['auto', 'control', 'embedded']),
  prefetch: z.enum(['auto', 't0', 'nta', 'none']).default('auto'),
  /** The best of each number of threads that was tried, ascending. */
  curve: z.array(tuningPoint).min(1).max(64),
  best: tuningPoint,
  /** False: the number of threads was the user's, and only how they hash was tried. */
  threadsCompared: z.boolean().default(true),
  measuredAtMs: z.number(),
});
export type Tuning = z.infer<typeof tuning>;

/** What a tuning is true for: another processor or another engine has to be measured anew. */
export const measuredMachine = z.object({
  cpu: z.string(),
  logicalCpus: z.number().int(),
  /** SHA-256 of the engine's library. */
  engine: z.string(),
});
export type MeasuredMachine = z.infer<typeof measuredMachine>;

/** What is tried while mining. */
export const learningState = z.object({
  /** How it is hashed at the moment; null: all was tried. */
  trying: tuningPoint.omit({ hashesPerSecond: true }).nullable(),
  /** The best of each number of threads until now, ascending. */
  points: z.array(tuningPoint),
});
export type LearningState = z.infer<typeof learningState>;

/** The measurement in the app: under way or not, and what is known. */
export const tuningState = z.object({
  running: z
    .object({ progress: z.number().min(0).max(1), points: z.array(tuningPoint) })
    .nullable(),
  result: tuning.nullable(),
  problem: problemSchema.nullable(),
});
export type TuningState = z.infer<typeof tuningState>;
