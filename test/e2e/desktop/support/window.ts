import type { RunningApp } from './app.ts';

/** What the window's X does; the virtual display has no window manager to press it. */
export async function pressX({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

export function isVisible({ electron }: RunningApp): Promise<boolean | undefined> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
}
