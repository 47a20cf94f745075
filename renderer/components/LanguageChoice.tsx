import Languages from 'lucide-react/icons/languages';
import { useMemo } from 'react';
import { languages } from '../../electron/contract/text/catalogues.ts';
import { chooseLanguage, directionOf, nameOf } from '../../electron/contract/text/language.ts';
import { useApp, useReady } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';
import choiceStyles from './Choice.module.css';
import styles from './LanguageChoice.module.css';

const SYSTEM = 'system';

/** The language of the whole app. Its sign is for those who cannot read the one that is spoken; `short`: nothing beside it. */
export function LanguageChoice({ short = false }: { readonly short?: boolean }) {
  const { t } = useText();
  const { settings, info } = useReady();
  const update = useApp((state) => state.update);
  const { appearance } = settings;
  const names = useMemo(
    () => languages.map((language) => ({ language, name: nameOf(language) })),
    [],
  );
  const ofSystem = nameOf(chooseLanguage(SYSTEM, info.systemLanguages));

  function choose(value: string): void {
    const language = languages.find((one) => one === value) ?? SYSTEM;
    void update({ appearance: { ...appearance, language } });
  }

  return (
    <label className={styles.choice}>
      <Languages aria-hidden />
      <span className={short ? 'visually-hidden' : styles.name}>{t('settings.language')}</span>
      <select
        className={choiceStyles.select}
        value={appearance.language}
        onChange={(event) => choose(event.target.value)}
      >
        <option value={SYSTEM}>
          {t('settings.system')} ({ofSystem})
        </option>
        {names.map(({ language, name }) => (
          <option key={language} value={language} lang={language} dir={directionOf(language)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
