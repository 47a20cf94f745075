import type { Input, WebContents } from 'electron';
import type { Zoom } from '../../contract/ipc.ts';

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
    const to = zoomOf(input, process.platform === 'darwin');
    if (to === null) return;
    event.preventDefault();
    zoomTo(contents, to);
  });
}

export function zoomTo(contents: WebContents, to: Zoom): void {
  contents.zoomLevel = levelAfter(to, contents.zoomLevel);
}

type KeyPress = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt'>;

/** What a key press asks for; null when that is none of these. */
export function zoomOf(input: KeyPress, isMac: boolean): Zoom | null {
  const { type, key, code, control, meta, alt } = input;
  const isOurs = isMac ? meta && !control : control && !meta;
  if (type !== 'keyDown' || !isOurs || alt) return null;
  // A French or Czech keyboard has − and + on digits, which open screens.
  if (code === 'Digit0') return 'reset';
  if (code.startsWith('Digit')) return null;
  switch (key) {
    case '+':
    case '=':
      return 'in';
    case '-':
    case '_':
      return 'out';
    case '0':
      return 'reset';
    default:
      return null;
  }
}

export function levelAfter(to: Zoom, level: number): number {
  switch (to) {
    case 'in':
      return Math.min(HIGHEST, level + STEP);
    case 'out':
      return Math.max(LOWEST, level - STEP);
    case 'reset':
      return 0;
  }
}
