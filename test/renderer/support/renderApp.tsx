import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import { App } from '../../../renderer/app/App.tsx';
import type { Settings } from '../../../electron/contract/settings.ts';
import type { SessionState } from '../../../electron/contract/snapshot.ts';
import { leaving } from './leaving.ts';
import { startApp, type Installed, type RealApp } from './realApp.ts';

// jsdom has no canvas; real charts are looked at in Chromium (gallery/).
vi.mock('../../../renderer/components/HashrateChart.tsx', () => ({ HashrateChart: () => null }));
vi.mock('../../../renderer/components/HistoryChart.tsx', () => ({ HistoryChart: () => null }));

// Nor does it lay anything out.
Element.prototype.scrollIntoView = () => undefined;
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

const running = new Set<RealApp>();

leaving.add(async () => {
  cleanup();
  for (const app of running) await app.quit();
  running.clear();
});

interface ShownApp extends RealApp {
  readonly user: UserEvent;
  /** Lets time pass until the session shows this state. */
  readonly reach: (state: SessionState['state']) => Promise<void>;
}

/** The whole app, window and main process, with somebody at the keyboard. */
export async function showApp(
  settings?: Settings | string,
  prepare: (app: RealApp) => void = () => undefined,
  installed: Partial<Installed> = {},
): Promise<ShownApp> {
  const app = startApp(settings, installed);
  running.add(app);
  prepare(app);
  render(<App bridge={app.bridge} />);
  if (app.hanging.size === 0) await screen.findByRole('heading', { level: 1 });
  const advance = (ms: number) => act(() => app.advance(ms));
  const reach = (state: SessionState['state']) =>
    waitFor(() => {
      advance(500);
      expect(app.desktop.snapshot().session.state).toBe(state);
    });
  return { ...app, advance, reach, user: userEvent.setup() };
}

/** The page as a browser would show it, with no app behind it. */
export function renderOutside(): void {
  render(<App bridge={undefined} />);
}

export const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
export const noButton = (name: string) => screen.queryByRole('button', { name }) === null;
export const radio = (name: string) => screen.getByRole('radio', { name });
export const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
