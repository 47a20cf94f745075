import { createContext, use } from 'react';
import type { Text } from '../electron/contract/text/index.ts';

export const TextContext = createContext<Text | null>(null);

/** The sentences of the catalogue: nothing in the window says anything that is not in there. */
export function useText(): Text {
  const text = use(TextContext);
  if (text === null) throw new Error('useText needs a TextContext above it.');
  return text;
}
