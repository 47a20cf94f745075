import { en } from '../../../electron/contract/text/en.ts';

type Sentences = ReadonlyMap<string, string>;

/** Every sentence by its key, in one map. */
export function sentencesOf(section: object, path = ''): Sentences {
  return new Map(
    Object.entries(section).flatMap(([key, part]: [string, unknown]) =>
      typeof part === 'object' && part !== null
        ? [...sentencesOf(part, `${path}${key}.`)]
        : [[`${path}${key}`, String(part)] as const],
    ),
  );
}

const english = sentencesOf(en);
/** Typed into a terminal. */
const commands: ReadonlySet<string> = new Set(['settings.updatesCommand']);

/**
 * What keeps a catalogue from being whole: sentences, plural forms and values that it lacks, or has too many of, and
 * sentences that are left empty or in English.
 */
export function faultsOf(language: string, catalogue: object): string[] {
  const given = sentencesOf(catalogue);
  const wanted = new Map([...english].flatMap(([key, text]) => formsOf(language, key, text)));
  return [
    ...[...wanted.keys()].filter((key) => !given.has(key)).map((key) => `${key} is missing`),
    ...[...given.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} is not known`),
    ...[...wanted].flatMap(([key, text]) => {
      const values = valuesIn(given.get(key) ?? text, key);
      return values === valuesIn(text, key) ? [] : [`${key} takes ${valuesIn(text, key)}`];
    }),
    ...[...given]
      .filter(([, text]) => text === '' || text !== text.trim())
      .map(([key]) => `${key} is empty or has spaces around it`),
    ...[...given]
      .filter(([key, text]) => language !== 'en' && isLeft(key, text))
      .map(([key]) => `${key} is still English`),
  ];
}

/** Names, terms and short words can be the same in two languages. */
function isLeft(key: string, text: string): boolean {
  const words = text.replaceAll(/\{\{.*?\}\}/g, '').match(/\p{L}{2,}/gu) ?? [];
  return words.length > 3 && text === english.get(key) && !commands.has(key);
}

/** A plural has the forms of its language, whatever those of English are. */
function formsOf(language: string, key: string, text: string): [key: string, text: string][] {
  if (key.endsWith('_one')) return [];
  const base = /^(.*)_other$/.exec(key)?.[1];
  if (base === undefined) return [[key, text]];
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return pluralCategories.map((form) => [`${base}_${form}`, text]);
}

/** The values that a sentence has places for, each with its format; a form of a plural may say the number in words. */
function valuesIn(sentence: string, key: string): string {
  const isPlural = /_(zero|one|two|few|many|other)$/.test(key);
  return [...new Set(sentence.match(/\{\{.*?\}\}/g) ?? [])]
    .filter((value) => !isPlural || !/^\{\{count\b/.test(value))
    .sort()
    .join(' ');
}
