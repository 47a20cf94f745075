import i18next, { type FormatterModule, type TFunction } from 'i18next';
import type { Remark } from '../health.ts';
import type { LogLine } from '../logLine.ts';
import type { Problem, Values } from '../problem.ts';
import { catalogues, type Catalogue } from './catalogues.ts';
import { en } from './en.ts';
import { catalogueOf, directionOf } from './language.ts';
import { amount, gibibytes, hashrateText, integer, isolated, percent } from './numbers.ts';
import { duration, roughly } from './time.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en };
    interpolationFormatTypeMap: Record<keyof typeof formats, number> & { pages: PageKind };
  }
}

type PageKind = keyof typeof en.dashboard.page;

/** How `{{name, format}}` writes a number: milliseconds as times, the rest as its name says. */
const formats = {
  duration,
  roughly,
  integer,
  percent,
  gibibytes,
  hashrate: hashrateText,
  /** Unix time in ms, as a time of day. */
  clock: (timeMs, language) =>
    new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(timeMs),
} satisfies Readonly<Record<string, (value: number, language: string) => string>>;

/** One language's sentences. */
export interface Text {
  /** BCP 47: how figures and times are written. */
  readonly language: string;
  readonly t: TFunction;
  /** The sentence for what went wrong; what led to it is a problem inside its values. */
  readonly sentence: (problem: Problem) => string;
  /** A line of the log. */
  readonly line: (line: Pick<LogLine, 'key' | 'values'>) => string;
  /** A sentence of the health page. */
  readonly finding: (remark: Remark) => string;
}

/** What speaks the language that is chosen at the moment. */
export function textIn(language: () => string): () => Text {
  let text = createText(language());
  return () => {
    const now = language();
    if (text.language !== now) text = createText(now);
    return text;
  };
}

/**
 * Started synchronously: the catalogues are part of the program. `language` comes from `chooseLanguage`. Every number in a
 * sentence is an amount and written as that language does; what is only made of digits (a port, a version) is a string.
 */
export function createText(
  language: string,
  all: Readonly<Record<string, Catalogue>> = catalogues,
): Text {
  const instance = i18next.createInstance();
  const spoken = catalogueOf(language, Object.keys(all)) ?? 'en';
  const write = (value: unknown, name: string | undefined): unknown => {
    if (name === 'pages') return t(`dashboard.page.${value as PageKind}`);
    if (typeof value !== 'number') return value;
    const format = name === undefined ? amount : formats[name as keyof typeof formats];
    return format(value, language);
  };
  const formatter: FormatterModule = {
    ...{
      type: 'formatter',
      init: () => undefined,
      add: () => undefined,
      addCached: () => undefined,
    },
    format: write as FormatterModule['format'],
  };
  void instance.use(formatter).init({
    lng: spoken,
    defaultNS: 'app',
    resources: { [spoken]: { app: all[spoken] ?? en } },
    initAsync: false,
    interpolation: {
      alwaysFormat: true,
      // What stands in a sentence of the other direction keeps its own.
      escapeValue: directionOf(language) === 'rtl',
      escape: isolated,
    },
  });
  const t: TFunction = instance.t;
  // The keys of phrases are closed lists, each with its section, which TFunction cannot express.
  const lookUp = t as unknown as (key: string, values: Record<string, string | number>) => string;
  const fill = (values: Values): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(values).map(([place, value]) => [
        place,
        typeof value === 'object' ? sentence(value) : value,
      ]),
    );
  const sentence = ({ code, values }: Problem): string => lookUp(`problem.${code}`, fill(values));
  return {
    language,
    t,
    sentence,
    line: ({ key, values }) => lookUp(`log.${key}`, fill(values)),
    finding: ({ key, values }) => lookUp(`health.remarks.${key}`, values),
  };
}
