import { chromium, type Browser, type Page } from 'playwright-core';

/** Another program with a window on a display of a test's own: the browser that the tests have anyway. */
export function browseOn(env: Readonly<Record<string, string>>): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: false,
    env: { ...process.env, ...env },
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

export async function show(page: Page, windowState: 'fullscreen' | 'normal'): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const { windowId } = await devTools.send('Browser.getWindowForTarget');
  await devTools.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
}
