import { createText, type Text } from '../contract/text/index.ts';
import { chooseLanguage } from '../contract/text/language.ts';

/** In the language of the system's locale (LANG and the like). */
export function systemText(): Text {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return createText(chooseLanguage('system', [locale]));
}
