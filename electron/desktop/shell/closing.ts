import type { Settings } from '../../contract/settings.ts';

/** What the window's X leads to. Without a tray host the window never hides: nobody could bring it back. */
export function onClosePressed(
  choice: Settings['window']['close'],
  trayAvailable: boolean,
): 'ask' | 'hide' | 'quit' {
  switch (choice) {
    case 'quit':
      return 'quit';
    case 'background':
      return trayAvailable ? 'hide' : 'ask';
    case 'ask':
      return 'ask';
  }
}
