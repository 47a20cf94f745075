import type { Input, WebContents } from 'electron';

/** Each level is a fifth larger than the one before it: four of them double the size. */
const HIGHEST = 4;
const LOWEST = -2;
const STEP = 0.5;

/**
 * Ctrl, or ⌘ on a Mac, with + and − makes everything in the window larger and smaller, and with 0 as it was: the app has no
 * menu that would. Chromium keeps the size.
 */
export function letKeysZoom(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    const level = levelAfter(input, contents.zoomLevel, process.platform === 'darwin');
    if (level === null) return;
    event.preventDefault();
    contents.zoomLevel = level;
  });
}

type KeyPress = Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>;

/** The zoom level that a key press asks for; null when it asks for none. */
export function levelAfter(input: KeyPress, level: number, isMac: boolean): number | null {
  const { type, key, control, meta, alt } = input;
  const isOurs = isMac ? meta && !control : control && !meta;
  if (type !== 'keyDown' || !isOurs || alt) return null;
  switch (key) {
    case '+':
    case '=':
      return Math.min(HIGHEST, level + STEP);
    case '-':
    case '_':
      return Math.max(LOWEST, level - STEP);
    case '0':
      return 0;
    default:
      return null;
  }
}
