import i18next, { type TFunction } from 'i18next';
import type { LogLine } from '../logLine.ts';
import type { Problem, Values } from '../problem.ts';
import { en } from './en.ts';
import { gibibytes, hashrateText, integer, percent } from './numbers.ts';
import { duration, roughly } from './time.ts';

/** Every language the app speaks: a new one is a file beside en.ts with the same keys, and a line here. */
export const catalogues = { en } as const;
export type Language = keyof typeof catalogues;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en };
    interpolationFormatTypeMap: Record<keyof typeof formats, number>;
  }
}

/** How `{{name, format}}` writes a value: milliseconds as times, the rest as its name says. */
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
  readonly language: Language;
  readonly t: TFunction;
  /** The sentence for what went wrong; what led to it is a problem inside its values. */
  readonly sentence: (problem: Problem) => string;
  /** A line of the log. */
  readonly line: (line: Pick<LogLine, 'key' | 'values'>) => string;
}

/** Started synchronously: the catalogues are part of the program. */
export function createText(language: Language): Text {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'app',
    resources: Object.fromEntries(
      Object.entries(catalogues).map(([name, catalogue]) => [name, { app: catalogue }]),
    ),
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  for (const [name, write] of Object.entries(formats)) {
    instance.services.formatter?.add(name, (value: number, lng) => write(value, lng ?? language));
  }
  const t: TFunction = instance.t;
  // Codes come from outside of this process too, so the compiler cannot know the key.
  const lookUp = t as unknown as (key: string, values: Record<string, string | number>) => string;
  const fill = (values: Values): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'object' ? sentence(value) : value,
      ]),
    );
  const sentence = ({ code, message, values = {} }: Problem): string => {
    const key = `problem.${code}`;
    const filled = fill(values);
    return instance.exists(key, filled) ? lookUp(key, filled) : message;
  };
  const line = ({ key, values }: Pick<LogLine, 'key' | 'values'>): string =>
    lookUp(`log.${key}`, fill(values));
  return { language, t, sentence, line };
}
