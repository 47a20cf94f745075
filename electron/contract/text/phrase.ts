/**
 * A phrase of a section of the catalogue, as data: its key, and the values that its sentence has places for. The English
 * catalogue says which keys there are and which values each of them takes.
 */

type WithoutPlural<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** The keys of a section; both forms of a plural are one. */
export type KeyOf<Section> = WithoutPlural<keyof Section & string>;

type SentenceOf<Section, Key extends string> = Section[Extract<
  keyof Section,
  Key | `${Key}_one` | `${Key}_other`
>];
type NameOf<Inside> = Inside extends `${infer Name},${string}` ? Name : Inside;
type NamesIn<Sentence> = Sentence extends `${string}{{${infer Inside}}}${infer Rest}`
  ? NameOf<Inside> | NamesIn<Rest>
  : never;

/** The values of a phrase, each a `Value`; none where its sentence has no places. */
export type Given<Section, Key extends KeyOf<Section>, Value> = [
  NamesIn<SentenceOf<Section, Key>>,
] extends [never]
  ? []
  : [Readonly<Record<NamesIn<SentenceOf<Section, Key>>, Value>>];

/** The keys of a section, for a schema. */
export function keysOf<Section extends object>(section: Section): [KeyOf<Section>] {
  const keys = Object.keys(section).map((key) => key.replace(/_(one|other)$/, ''));
  return [...new Set(keys)] as [KeyOf<Section>];
}
