import { createText, type Text } from '../contract/text/index.ts';
import { chooseLanguage } from '../contract/text/language.ts';

/** What programs read: the same wherever they run. */
export const programText = (): Text => createText('en');

/** In the language of the environment, or else of the system. */
export function systemText(env: NodeJS.ProcessEnv = process.env): Text {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return createText(chooseLanguage('system', [localeOf(env) ?? locale]));
}

/** As BCP 47 of what POSIX calls `de_DE.UTF-8@euro`. Node itself takes an empty variable for one that is set. */
function localeOf(env: NodeJS.ProcessEnv): string | undefined {
  const [set] = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].filter(Boolean);
  return set?.replace(/[.@].*/, '').replaceAll('_', '-');
}
