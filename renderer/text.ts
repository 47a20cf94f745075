import { createContext, use } from 'react';
import { createText, type Text } from '../electron/contract/text/index.ts';

export interface ShownText extends Pick<Text, 't' | 'sentence' | 'line'> {
  /** How figures and times are written: as the user's system does, whatever language the sentences are in. */
  readonly language: string;
}

export function shownText(): ShownText {
  return { ...createText('en'), language: navigator.language };
}

export const TextContext = createContext<ShownText | null>(null);

/** The sentences of the catalogue: nothing in the window says anything that is not in there. */
export function useText(): ShownText {
  const text = use(TextContext);
  if (text === null) throw new Error('useText needs a TextContext above it.');
  return text;
}
