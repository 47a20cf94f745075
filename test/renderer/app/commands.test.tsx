import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { ariaShortcut, pressed, shortcutText } from '../../../renderer/app/commands/shortcut.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, poolAt } from '../support/realApp.ts';
import { button, radio, showApp } from '../support/renderApp.tsx';

let pool: FriendlyPool | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

const heading = (name: string) => screen.findByRole('heading', { name, level: 1 });
const commands = () => screen.getAllByRole('option').map(({ textContent }) => textContent);

test('the palette finds a command by what is typed, and Enter runs it', async () => {
  const { user, desktop } = await showApp(configured());
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('dark');
  expect(commands()).toEqual(['Use the dark theme']);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(desktop.settings.appearance.theme).toBe('dark'));
  expect(screen.queryByRole('dialog')).toBeNull();

  await user.click(button('Commands'));
  await user.keyboard('make me rich');
  expect(await screen.findByText('No such command.')).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('the palette lists what can be done just now, with its keys', async () => {
  pool = await FriendlyPool.listen();
  const { user, reach } = await showApp(configured({ pools: [poolAt(pool.port)] }));
  await user.click(button('Commands'));
  expect(commands().slice(0, 3)).toEqual([
    'Start miningCtrl+↵',
    'DashboardCtrl+1',
    'HistoryCtrl+2',
  ]);
  await user.keyboard('{Enter}');
  await reach('mining');
  await user.click(button('Commands'));
  expect(commands().slice(0, 2)).toEqual(['Stop miningCtrl+.', 'Pause for 15 minutes']);
  await user.click(screen.getByRole('option', { name: /Pause until I resume/ }));
  await reach('paused');
});

test('the palette makes everything larger, smaller and as it was, and lists the keys that do', async () => {
  const { user, zoomed } = await showApp(configured());
  for (const zoom of ['Zoom inCtrl++', 'Zoom outCtrl+−', 'Actual sizeCtrl+0']) {
    await user.click(button('Commands'));
    await user.click(screen.getByRole('option', { name: zoom }));
  }
  await waitFor(() => expect(zoomed).toEqual(['in', 'out', 'reset']));
});

test('shortcuts start, pause, resume and stop, and open each screen', async () => {
  pool = await FriendlyPool.listen();
  const { user, reach } = await showApp(configured({ pools: [poolAt(pool.port)] }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await reach('mining');
  await user.keyboard('{Control>}p{/Control}');
  await reach('paused');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await reach('mining');
  await user.keyboard('{Control>}3{/Control}');
  await heading('Pools');
  await user.keyboard('{Control>}.{/Control}');
  await reach('stopped');
});

test('on a Mac the key is ⌘', async () => {
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  try {
    const { user } = await showApp(configured());
    await user.keyboard('{Control>}3{/Control}');
    await heading('Dashboard');
    await user.keyboard('{Meta>}3{/Meta}');
    await heading('Pools');
    expect(button('Commands').textContent).toBe('Commands⌘K');
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
  }
});

test('a dialog that asks something is answered first', async () => {
  const { user, desktop } = await showApp(configured());
  await user.keyboard('{Control>}4{/Control}');
  await heading('Settings');
  await user.click(button('Power'));
  await user.click(radio('Full power'));
  await screen.findByRole('dialog');
  await user.keyboard('{Control>}{Enter}1k{/Control}');
  expect(screen.getAllByRole('dialog')).toHaveLength(1);
  expect(desktop.isMining).toBe(false);
  expect(screen.queryByRole('textbox', { name: 'Search commands' })).toBeNull();
});

test('there are no commands before the app is set up', async () => {
  const { user, desktop } = await showApp();
  await user.keyboard('{Control>}{Enter}k{/Control}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(desktop.isMining).toBe(false);
});

describe('a shortcut', () => {
  const press = {
    ...{ key: 'K', code: 'KeyK', ctrlKey: false, metaKey: false, altKey: false },
    ...{ shiftKey: false, repeat: false },
  };

  test('is a key with Ctrl, and with ⌘ on a Mac', () => {
    expect(pressed({ ...press, ctrlKey: true }, false)).toBe('k');
    expect(pressed({ ...press, metaKey: true }, true)).toBe('k');
    expect(pressed({ ...press, ctrlKey: true }, true)).toBeNull();
    expect(pressed({ ...press, metaKey: true }, false)).toBeNull();
    expect(pressed(press, false)).toBeNull();
  });

  test('is no other one: with Shift or Alt, or held down', () => {
    for (const other of ['shiftKey', 'altKey', 'repeat'])
      expect(pressed({ ...press, ctrlKey: true, [other]: true }, false)).toBeNull();
  });

  test('is written as its keyboard has it', () => {
    expect(shortcutText('k', true, 'Ctrl')).toBe('⌘K');
    expect(shortcutText('Enter', false, 'Strg')).toBe('Strg+↵');
    expect(ariaShortcut('k', false)).toBe('Control+K');
    expect(ariaShortcut('Enter', true)).toBe('Meta+Enter');
  });
});
