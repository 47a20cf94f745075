import { createText, type Text } from '../contract/text/index.ts';
import { chooseLanguage } from '../contract/text/language.ts';

/** What programs read: the same wherever they run. */
export const programText = (): Text => createText('en');

/** In the language of the system's locale: LC_ALL, LC_MESSAGES or LANG, the first of them that is set. */
export function systemText(): Text {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return createText(chooseLanguage('system', [locale]));
}
