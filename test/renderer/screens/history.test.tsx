import { screen, waitFor, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import {
  compact,
  finePercent,
  hashrateText,
  integer,
} from '../../../electron/contract/text/numbers.ts';
import { sumOf } from '../../../electron/core/history/merge.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { writeMonth } from '../../support/monthOfHistory.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, poolAt, type RealApp } from '../support/realApp.ts';
import { button, noButton, radio, showApp } from '../support/renderApp.tsx';

let pool: FriendlyPool | undefined;
afterEach(() => pool?.close());

const region = (name: string) => screen.findByRole('region', { name });
const figure = (card: HTMLElement, name: string) =>
  within(card).getByText(name).nextElementSibling?.textContent;
const total = (records: readonly HistoryRecord[], figureOf: (record: HistoryRecord) => number) =>
  records.reduce((sum, record) => sum + figureOf(record), 0);

const countOf = (amounts: Readonly<Record<string, number>>) =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

/** Thirty days are on the disk before the window opens, and History is open. */
async function aMonthLater(prepare: (app: RealApp) => void = () => undefined) {
  let written: HistoryRecord[] = [];
  const app = await showApp(configured(), (opened) => {
    opened.clock.setWallBy(21.4 * 3_600_000);
    written = writeMonth(opened.folder, opened.clock.wallMs());
    prepare(opened);
  });
  await app.user.click(button('History'));
  const mined = written.filter(({ source }) => source.kind !== 'practice');
  return { ...app, written, mined };
}

test('watts and temperature are shown where they were measured, and not where they were not', async () => {
  const { user, advance, reach } = await showApp(configured({ work: 'practice' }), (app) =>
    Object.assign(app.surroundings, { watts: 45, celsius: null }),
  );
  await user.click(button('Start mining'));
  await reach('mining');
  advance(20_000);
  const now = screen.getByRole('region', { name: 'Hashrate' });
  expect(figure(now, 'CPU power')).toBe('45\u00a0W');
  expect(within(now).queryByText('CPU temperature')).toBeNull();

  advance(100_000);
  await user.click(button('History'));
  await user.click(radio('Practice'));
  const rate = await region('Hashrate');
  await waitFor(() => expect(figure(rate, 'CPU power')).toBe('45\u00a0W'));
  expect(within(rate).queryByText('CPU temperature')).toBeNull();
  await user.click(within(rate).getByText('Show as a table'));
  const cells = await within(rate).findAllByRole('cell', { name: '45\u00a0W' });
  expect(cells.length).toBeGreaterThan(0);
});

test('a month of mining adds up to what was written, in figures, sessions and all time, without practice', async () => {
  const { user, mined } = await aMonthLater();
  await region('Hashrate');
  await user.click(radio('30 days'));
  const hashes = total(mined, (one) => one.hashes);
  const hashingMs = total(mined, (one) => one.hashingMs);
  const rate = await region('Hashrate');
  await waitFor(() => expect(figure(rate, 'Hashes')).toBe(compact(hashes, 'en')));
  expect(figure(rate, 'Average')).toBe(hashrateText((hashes / hashingMs) * 1000, 'en'));
  expect(figure(rate, 'Time mined')).toBe(duration(hashingMs, 'en'));

  const shares = await region('Shares');
  expect(figure(shares, 'Accepted')).toBe(
    integer(
      total(mined, ({ accepted }) => accepted),
      'en',
    ),
  );
  const { connecting = 0, waiting = 0, preparing = 0, mining = 0 } = sumOf(mined).stateMs;
  const timeLost = (connecting + waiting) / (connecting + waiting + preparing + mining);
  const lost = total(mined, ({ rejected, stale }) => countOf(rejected) + countOf(stale));
  const sharesLost = lost / (lost + total(mined, ({ accepted }) => accepted));
  expect(shares.textContent).toContain(
    `Of the shares, ${finePercent(sharesLost, 'en')} were rejected or stale. For ${finePercent(timeLost, 'en')} of the time`,
  );
  expect(figure(shares, 'Lost')).toBe(finePercent(sharesLost + timeLost * (1 - sharesLost), 'en'));

  const time = await region('Where the time went');
  expect(time.textContent).toContain(
    `on battery${duration(
      total(mined, ({ pausedMs }) => pausedMs['battery'] ?? 0),
      'en',
    )}`,
  );
  const ever = await region('All time');
  expect(figure(ever, 'Hashes')).toBe(compact(hashes, 'en'));
  expect(figure(ever, 'Sessions')).toBe(String(new Set(mined.map((one) => one.runAtMs)).size));
});

test('the chart’s table has a line for each step, and the newest sessions come first', async () => {
  const { user } = await aMonthLater();
  await region('Hashrate');
  await user.click(radio('1 year'));
  await user.click(await screen.findByText('Show as a table'));
  const table = await screen.findByRole('table', { name: 'Hashrate over the last year' });
  // 27 days with mining in them, and a row of headings.
  expect(within(table).getAllByRole('row')).toHaveLength(28);
  const sessions = screen.getByRole('table', { name: 'Sessions' });
  expect(within(sessions).getAllByRole('row')[1]?.textContent).toMatch(/^1\/1\/26,/);
  await user.click(button('Show all 27'));
  expect(within(sessions).getAllByRole('row')).toHaveLength(28);
});

test('practice is shown when it is chosen, and alone', async () => {
  const { user, written, mined } = await aMonthLater();
  await user.click(radio('Practice'));
  const practised = total(written, ({ hashes }) => hashes) - total(mined, ({ hashes }) => hashes);
  await waitFor(async () =>
    expect(figure(await region('All time'), 'Hashes')).toBe(compact(practised, 'en')),
  );
  const sessions = screen.getByRole('table', { name: 'Sessions' });
  expect(within(sessions).getAllByRole('row')).toHaveLength(2);
  expect(sessions.textContent).toContain('Practice pool');
});

test('whoever practises sees practice first', async () => {
  const { user } = await showApp(configured({ work: 'practice', pools: [] }));
  await user.click(button('History'));
  await screen.findByText('No practice yet');
});

test('what is mined now is there within a minute, and each share with its fate', async () => {
  pool = await FriendlyPool.listen();
  const { user, reach, engine, advance } = await showApp(
    configured({ pools: [poolAt(pool.port)] }),
  );
  await user.click(button('History'));
  await screen.findByText('No history yet');
  await user.click(button('Start mining'));
  await reach('mining');
  engine().find();
  advance(70_000);
  await screen.findByRole('row', { name: /Accepted/ });
  expect(await screen.findByRole('table', { name: 'Sessions' })).toBeTruthy();
  pool.refusal = 'Low difficulty share';
  engine().find();
  await screen.findByRole('row', { name: /Rejected.*Low difficulty share/ });
});

test('a full disk is told, and what was mined meanwhile is shown all the same', async () => {
  const { user, advance } = await aMonthLater((app) => app.fillDisk());
  await user.click(button('Start mining'));
  advance(70_000);
  expect(await screen.findByText(/could not be saved in .*: the disk is full/)).toBeTruthy();
  await user.click(radio('15 min'));
  const time = await region('Where the time went');
  await waitFor(() => expect(time.textContent).toMatch(/Waiting for work1 min 10 s/));
});

test('all of it is exported to the file that the user chooses', async () => {
  const { user, folder, saveAs, written } = await aMonthLater();
  await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
  expect(screen.queryByText(/^Saved as/)).toBeNull();
  saveAs.file = join(folder, 'mine.csv');
  await user.click(button('Export as CSV'));
  await screen.findByText(`Saved as ${saveAs.file}.`);
  const [names, ...rows] = readFileSync(saveAs.file, 'utf8').trimEnd().split('\r\n');
  const column = names?.split(',').indexOf('hashes') ?? -1;
  const exported = rows.reduce((sum, row) => sum + Number(row.split(',')[column]), 0);
  expect(exported).toBe(total(written, ({ hashes }) => hashes));
});

test('nothing is deleted before it is confirmed, and then everything is', async () => {
  const { user } = await aMonthLater();
  await user.click(await screen.findByRole('button', { name: 'Delete history' }));
  await user.click(button('Cancel'));
  expect(screen.getByRole('table', { name: 'Sessions' })).toBeTruthy();
  await user.click(button('Delete history'));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Delete history' }));
  await screen.findByText('No history yet');
  expect(noButton('Delete history')).toBe(true);
});

test('a history that cannot be read says so, and is read again when asked', async () => {
  const { user, broken } = await aMonthLater((app) => app.broken.add('history.overview'));
  await screen.findByText('The history could not be read');
  broken.clear();
  await user.click(button('Try again'));
  await region('All time');
});
