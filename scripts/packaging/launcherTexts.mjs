import { readFileSync } from 'node:fs';
import { path } from '../support/paths.mjs';

/** What menus and software centres say of the app, by its languages; English first. */
const texts = Object.entries(
  JSON.parse(readFileSync(path('scripts/packaging/files/desktop/texts.json'), 'utf8')),
);
/** As catalogueOf() reads them: the app speaks the one Portuguese to all who read Portuguese. */
const locales = { 'pt-BR': 'pt', 'zh-Hans': 'zh_CN' };

/** For a desktop entry, by the Desktop Entry Specification. */
export function desktopEntryTexts() {
  const lines = (key, textOf) =>
    texts.map(([name, text]) => `${key}${tag(name)}=${textOf(text)}\n`);
  const tag = (name) => (name === 'en' ? '' : `[${localeOf(name)}]`);
  return [
    ...lines('GenericName', ({ genericName }) => genericName),
    ...lines('Comment', ({ comment }) => comment),
    ...lines('Keywords', ({ keywords }) => keywords.map((word) => `${word};`).join('')),
  ].join('');
}

/** For AppStream: `<summary>` and `<description>`. */
export function appStreamTexts() {
  const element = (name, textOf) =>
    texts.map(([language, text]) => `<${name}${tag(language)}>${textOf(text)}</${name}>`);
  const tag = (name) => (name === 'en' ? '' : ` xml:lang="${localeOf(name).replace('_', '-')}"`);
  const paragraphs = [0, 1].flatMap((place) =>
    element('p', ({ description }) => description[place]),
  );
  return [
    ...element('summary', ({ summary }) => summary),
    '<description>',
    ...paragraphs.map((paragraph) => `  ${paragraph}`),
    '</description>',
  ]
    .map((line) => `  ${line}\n`)
    .join('');
}

function localeOf(language) {
  return locales[language] ?? language;
}
