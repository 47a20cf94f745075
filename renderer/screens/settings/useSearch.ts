import { Autocomplete } from '@base-ui/react/autocomplete';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useText } from '../../text.ts';

type Match = (text: string) => boolean;

/**
 * Leaves in sight what says all words of `query`: cards by everything that stands on them, their rows (`data-row`) by
 * themselves. It reads what is shown, so that no list of words can go out of date.
 */
export function useSearch(query: string): {
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isNothingFound: boolean;
} {
  const { language } = useText();
  const { contains } = Autocomplete.useFilter({ locale: language });
  const content = useRef<HTMLDivElement>(null);
  const [isNothingFound, setIsNothingFound] = useState(false);

  useLayoutEffect(() => {
    const shown = content.current;
    if (shown === null) return;
    const words = wordsOf(query);
    const sift = () =>
      setIsNothingFound(!siftGroups(shown, (text) => words.every((word) => contains(text, word))));
    sift();
    const observer = new MutationObserver(sift);
    observer.observe(shown, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [query, contains]);

  return { content, isNothingFound };
}

export function wordsOf(query: string): readonly string[] {
  return query.split(/\s+/).filter((word) => word !== '');
}

function siftGroups(content: HTMLElement, matches: Match): boolean {
  return hideOthers([...content.children], (group) =>
    hideOthers([...group.querySelectorAll('section:has(> header)')], (card) =>
      siftCard(card, matches),
    ),
  );
}

function siftCard(card: Element, matches: Match): boolean {
  const title = card.querySelector('h2')?.textContent ?? '';
  const rows = [...card.querySelectorAll('[data-row]')];
  const isRowFound = (row: Element) => matches(`${title} ${row.textContent}`);
  const asAWhole = matches(title) || !rows.some(isRowFound);
  hideOthers(rows, (row) => asAWhole || isRowFound(row));
  return matches(card.textContent);
}

/** Whether any was found. */
function hideOthers(elements: readonly Element[], isFound: (element: Element) => boolean): boolean {
  const found = elements.map(isFound);
  elements.forEach((element, index) => element.toggleAttribute('hidden', found[index] !== true));
  return found.includes(true);
}
