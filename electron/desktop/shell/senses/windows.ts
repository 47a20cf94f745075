import { BrowserWindow } from 'electron';
import type { Senses } from '../../../contract/senses.ts';
import { askWindows } from './askWindows.ts';

/** What Windows tells without a driver: neither temperature nor watts, and of the connection nothing. */
export function windowsSenses(): Partial<Senses> {
  try {
    const windows = askWindows();
    return {
      battery: windows.battery,
      isFullScreen: () =>
        windows.isFullScreen() && BrowserWindow.getFocusedWindow()?.isFullScreen() !== true,
      runningPrograms: windows.runningPrograms,
    };
  } catch {
    return {}; // The engine will not load either, and says why.
  }
}
