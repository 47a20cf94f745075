import { z } from 'zod';
import { en } from './text/en.ts';
import { keysOf, type Given, type KeyOf } from './text/phrase.ts';

/** The closed list of codes is the catalogue's section `problem`: whatever can go wrong has a sentence. */
export type ProblemCode = KeyOf<typeof en.problem>;

/** What fills the places of a sentence; a problem stands for its own sentence. */
export type Value = string | number | Problem;
export type Values = Readonly<Record<string, Value>>;

/** What went wrong: a code for programs, and the values that its sentence needs where it is shown. */
export interface Problem {
  readonly code: ProblemCode;
  readonly values: Values;
}

export const valuesSchema: z.ZodType<Values> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), problemSchema])),
);
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.enum(keysOf(en.problem)),
  values: valuesSchema,
});

/** The only way to make a problem: the code's sentence says which values it takes. */
export function problem<Code extends ProblemCode>(
  code: Code,
  ...[values]: Given<typeof en.problem, Code, Value>
): Problem {
  return { code, values: values ?? {} };
}
