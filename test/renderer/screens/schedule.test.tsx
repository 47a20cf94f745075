import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { painted, weeks, type WeekHour } from '../../../electron/contract/schedule.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

// jsdom knows no pointer capture.
beforeAll(() => {
  Element.prototype.releasePointerCapture = () => undefined;
});

async function atSchedule() {
  const app = await showApp(configured());
  const { user } = app;
  await user.click(button('Settings'));
  await user.click(button('Rules'));
  await user.click(screen.getByRole('switch', { name: 'Mine only at certain hours' }));
  const grid = await screen.findByRole('grid', { name: 'Hours of the week' });
  const cells = within(grid).getAllByRole('gridcell');
  expect(cells).toHaveLength(168);
  const cell = ({ day, hour }: WeekHour) => cells[day * 24 + hour] as HTMLElement;
  const week = () => app.desktop.settings.rules.schedule.week;
  return { ...app, cell, week };
}

test('a ready-made schedule is chosen with one press, and says how many hours it has', async () => {
  const { user, week, desktop } = await atSchedule();
  expect(desktop.settings.rules.schedule).toMatchObject({ enabled: true, week: weeks.nights });
  expect(button('Nights').getAttribute('aria-pressed')).toBe('true');
  await user.click(button('Weekends'));
  await waitFor(() => expect(week()).toEqual(weeks.weekends));
  await screen.findByText('Mines 48 hours a week.');
});

test('the mouse paints what lies between press and release', async () => {
  const { cell, week } = await atSchedule();
  const [from, to] = [
    { day: 1, hour: 10 },
    { day: 3, hour: 14 },
  ];
  fireEvent.pointerDown(cell(from), { button: 0 });
  fireEvent.pointerEnter(cell(to));
  await waitFor(() => expect(cell({ day: 2, hour: 12 }).ariaSelected).toBe('true'));
  expect(week()).toEqual(weeks.nights);
  fireEvent.pointerUp(window);
  await waitFor(() => expect(week()).toEqual(painted(weeks.nights, from, to, true)));
});

test('the keyboard reaches every hour, switches it and paints', async () => {
  const { user, cell, week } = await atSchedule();
  const midnight = { day: 0, hour: 0 };
  cell(midnight).focus();
  await user.keyboard(' ');
  const first = painted(weeks.nights, midnight, midnight, false);
  await waitFor(() => expect(week()).toEqual(first));

  await user.keyboard('{ArrowDown}{End}{ArrowLeft}');
  const from = { day: 1, hour: 22 };
  expect(document.activeElement).toBe(cell(from));
  await user.keyboard('{Shift>}{ArrowDown}{ArrowLeft}{/Shift}');
  await waitFor(() => expect(week()).toEqual(painted(first, from, { day: 2, hour: 21 }, false)));
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Wednesday, 9.* to 10/);
});

test('a schedule without an hour says that nothing is mined', async () => {
  const { user, cell } = await atSchedule();
  await user.click(button('Always'));
  cell({ day: 0, hour: 0 }).focus();
  await waitFor(() => expect(cell({ day: 3, hour: 12 }).ariaSelected).toBe('true'));
  fireEvent.pointerDown(cell({ day: 0, hour: 0 }), { button: 0 });
  fireEvent.pointerEnter(cell({ day: 6, hour: 23 }));
  fireEvent.pointerUp(window);
  await screen.findByText(/No hour is chosen/);
});
