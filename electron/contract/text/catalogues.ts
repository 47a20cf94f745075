import { ar } from './ar.ts';
import { cs } from './cs.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { ptBR } from './pt-BR.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';
import { zhHans } from './zh-Hans.ts';

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** What a language file holds: the sentences of English, and of each plural the forms that the language has. */
type Sentences<Section> = {
  readonly [
    Key in keyof Section as Key extends `${string}_one` ? never : Key
  ]: Section[Key] extends string ? string : Sentences<Section[Key]>;
} & {
  readonly [
    Key in keyof Section as Key extends `${infer Base}_other` ? `${Base}_${PluralForm}` : never
  ]?: string;
};
export type Catalogue = Sentences<typeof en>;

/** Every language the app speaks, by its BCP 47 name: a new one is a file beside en.ts and a line here. */
export const catalogues = {
  en,
  de,
  es,
  fr,
  it,
  nl,
  pl,
  'pt-BR': ptBR,
  cs,
  tr,
  ru,
  uk,
  ar,
  'zh-Hans': zhHans,
  ja,
  ko,
} as const satisfies Record<string, Catalogue>;
export type Language = keyof typeof catalogues;
export const languages = Object.keys(catalogues) as readonly Language[];
