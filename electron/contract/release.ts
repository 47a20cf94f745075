import { z } from 'zod';
import { problemSchema } from './problem.ts';

/**
 * How a newer version comes onto this computer: by the system's packages, from the web page by hand, by a file that takes
 * this one's place, or by one that the system opens.
 */
export const updateWay = z.enum(['apt', 'page', 'replace', 'open']);
export type UpdateWay = z.infer<typeof updateWay>;

/** What is known of newer versions. Nothing is asked while it is `off`. */
export const updateState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  /** This build cannot tell what is genuine, so it does not ask. */
  z.object({ state: z.literal('unavailable'), problem: problemSchema }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
  z.object({
    state: z.literal('known'),
    /** Null: this is the newest. */
    newer: z.string().nullable(),
    lookedAtMs: z.number(),
    /** Days since the list was signed, when that is suspiciously long ago. */
    staleDays: z.number().nullable(),
  }),
]);
export type UpdateState = z.infer<typeof updateState>;

/** The file of the newer version. Nothing is fetched, and nothing put in place, without the user's word. */
export const updateFile = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('offered'), totalBytes: z.number() }),
  z.object({ state: z.literal('running'), bytes: z.number(), totalBytes: z.number() }),
  /** It is here, whole and genuine. */
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
]);
export type UpdateFile = z.infer<typeof updateFile>;

export const updateReport = z.object({
  /** The only host that is asked. */
  host: z.string(),
  way: updateWay,
  update: updateState,
  file: updateFile,
});
export type UpdateReport = z.infer<typeof updateReport>;

/** The app's own files against the signed list that came with them. */
export const ownFiles = z.discriminatedUnion('state', [
  /** No signed list came with this build: it was made for development. */
  z.object({ state: z.literal('unsigned') }),
  z.object({ state: z.literal('refused'), problem: problemSchema }),
  z.object({
    state: z.literal('compared'),
    /** What was signed: program, list and version. */
    signedAs: z.string(),
    same: z.number(),
    /** By their paths in the app's folder. */
    changed: z.array(z.string()),
    missing: z.array(z.string()),
    added: z.array(z.string()),
    /** The same from outside, with nothing of this app. */
    command: z.string(),
  }),
]);
export type OwnFiles = z.infer<typeof ownFiles>;
