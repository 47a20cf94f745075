import { z } from 'zod';
import { en } from './text/en.ts';
import { createText } from './text/index.ts';

/** The closed list of codes is the catalogue's section `problem`: whatever can go wrong has a sentence. */
type Sentences = typeof en.problem;
type WithoutPlural<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
export type ProblemCode = WithoutPlural<keyof Sentences>;

type SentenceOf<Code extends ProblemCode> = Sentences[Extract<
  keyof Sentences,
  Code | `${Code}_one` | `${Code}_other`
>];
type NameOf<Inside> = Inside extends `${infer Name},${string}` ? Name : Inside;
type NamesIn<Sentence> = Sentence extends `${string}{{${infer Inside}}}${infer Rest}`
  ? NameOf<Inside> | NamesIn<Rest>
  : never;

/** What fills the places of a sentence; a problem stands for its own sentence. */
export type Value = string | number | Problem;
export type Values = Readonly<Record<string, Value>>;
type ValuesOf<Code extends ProblemCode> = Readonly<Record<NamesIn<SentenceOf<Code>>, Value>>;

/** What went wrong: a code for programs, and the values that its sentence needs where it is shown. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly values?: Values | undefined;
}

export const valuesSchema: z.ZodType<Values> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), problemSchema])),
);
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.string(),
  message: z.string(),
  values: valuesSchema.optional(),
});

/** The only way to make a problem: the code's sentence says which values it takes. */
export function problem<Code extends ProblemCode>(
  code: Code,
  ...[given]: keyof ValuesOf<Code> extends never ? [] : [ValuesOf<Code>]
): Problem {
  const filled: Values = given ?? {};
  return { code, message: english.sentence({ code, message: '', values: filled }), values: filled };
}

const english = createText('en');
