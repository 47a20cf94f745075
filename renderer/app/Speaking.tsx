import { useEffect, useMemo, type ReactNode } from 'react';
import { createText } from '../../electron/contract/text/index.ts';
import { chooseLanguage } from '../../electron/contract/text/language.ts';
import { TextContext } from '../text.ts';

interface SpeakingProps {
  /** As in the settings. */
  readonly language: string;
  readonly children: ReactNode;
}

/** What is inside says everything in one language. */
export function Speaking({ language: wanted, children }: SpeakingProps) {
  const language = chooseLanguage(wanted, navigator.languages);
  const text = useMemo(() => createText(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <TextContext value={text}>{children}</TextContext>;
}
