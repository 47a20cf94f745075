import { cleanup, render, screen } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { afterEach, vi } from 'vitest';
import { App } from '../../../renderer/app/App.tsx';
import { fakeBridge, type FakeBridge, type World } from './fakeBridge.ts';

// jsdom has no canvas; real charts are looked at in Chromium (gallery/).
vi.mock('../../../renderer/components/HashrateChart.tsx', () => ({ HashrateChart: () => null }));

afterEach(cleanup);

interface Shown extends FakeBridge {
  readonly user: UserEvent;
}

/** The whole app on a fake bridge, loaded, with somebody at the keyboard. */
export async function renderApp(world: Partial<World> = {}): Promise<Shown> {
  const fake = fakeBridge(world);
  render(<App bridge={fake.bridge} />);
  if (fake.world.hanging.length === 0) await screen.findByRole('heading', { level: 1 });
  return { ...fake, user: userEvent.setup() };
}

/** The page as a browser would show it, with no app behind it. */
export function renderOutside(): void {
  render(<App bridge={undefined} />);
}

export const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
export const noButton = (name: string) => screen.queryByRole('button', { name }) === null;
export const radio = (name: string) => screen.getByRole('radio', { name });
export const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
