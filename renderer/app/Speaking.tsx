import { DirectionProvider } from '@base-ui/react/direction-provider';
import { useEffect, useMemo, type ReactNode } from 'react';
import { createText } from '../../electron/contract/text/index.ts';
import { chooseLanguage, directionOf } from '../../electron/contract/text/language.ts';
import { TextContext } from '../text.ts';

interface SpeakingProps {
  /** As in the settings. */
  readonly language: string;
  /** What the system is set to; until that is known, what Chromium makes of it. */
  readonly system?: readonly string[] | undefined;
  readonly children: ReactNode;
}

/** What is inside says everything in one language. */
export function Speaking({
  language: wanted,
  system = navigator.languages,
  children,
}: SpeakingProps) {
  const language = chooseLanguage(wanted, system);
  const direction = directionOf(language);
  const text = useMemo(() => createText(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
  }, [language, direction]);
  return (
    <TextContext value={text}>
      <DirectionProvider direction={direction}>{children}</DirectionProvider>
    </TextContext>
  );
}
