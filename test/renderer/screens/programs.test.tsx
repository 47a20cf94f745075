import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/realApp.ts';
import { button, noButton, showApp } from '../support/renderApp.tsx';

test('a program is put on the list from those that run, pauses mining, and is taken off again', async () => {
  const { user, desktop } = await showApp(configured(), ({ surroundings }) => {
    surroundings.programs = ['bash', 'blender'];
  });
  await user.click(button('Settings'));
  await user.click(button('Rules'));
  const name = screen.getByRole('combobox', { name: 'Program name' });
  await user.click(name);
  await waitFor(() => expect(document.querySelector('option[value="blender"]')).not.toBeNull());
  await user.type(name, 'blender{Enter}');
  await waitFor(() => expect(desktop.settings.rules.listedPrograms).toEqual(['blender']));

  await user.click(button('Start mining'));
  await screen.findByText(/^Paused: a program on your list is running\./);
  await user.click(button('Remove blender'));
  await waitFor(() => expect(desktop.settings.rules.listedPrograms).toEqual([]));
  await waitFor(() => expect(desktop.snapshot().session.state).not.toBe('paused'));
  expect(noButton('Remove blender')).toBe(true);
});
