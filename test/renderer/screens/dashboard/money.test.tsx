import { screen, waitFor, within } from '@testing-library/react';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  defaultSettings,
  type PoolSettings,
  type Settings,
} from '../../../../electron/contract/settings.ts';
import { PATIENCE_MS } from '../../../support/patience.ts';
import { ScriptedNode, templateAnswer } from '../../../support/scriptedNode.ts';
import { FriendlyPool } from '../../support/friendlyPool.ts';
import { configured, poolAt, type RealApp } from '../../support/realApp.ts';
import { button, field, showApp } from '../../support/renderApp.tsx';

let pool: FriendlyPool | undefined;
let node: ScriptedNode | undefined;
afterEach(async () => {
  await pool?.close();
  await node?.stop();
  pool = node = undefined;
});

const card = () => screen.getByRole('region', { name: 'Earnings and cost' });
const figure = (name: string) => within(card()).getByText(name).nextElementSibling?.textContent;
/** Of a figure that the estimate is made of: it, where it comes from, and of when it is. */
const input = (name: string) => {
  const list = within(card()).getByRole('region', { name: 'What this is made of' });
  return within(list).getByText(name).nextElementSibling?.textContent ?? '';
};

const money = (changed: Partial<Settings['money']>) => ({
  money: { ...defaultSettings().money, ...changed },
});
const typed = (value: number) => ({ value, atMs: Date.UTC(2025, 11, 24, 12) });
const network = { difficulty: 6e11, rewardXmr: 0.6, atMs: Date.UTC(2025, 11, 24, 12) };

async function mining(change: Partial<Settings>, prepare?: (app: RealApp) => void) {
  pool = await FriendlyPool.listen();
  const app = await showApp(configured({ pools: [poolAt(pool.port)], ...change }), prepare);
  await app.user.click(button('Start mining'));
  await app.reach('mining');
  for (let second = 0; second < 70; second += 1) app.advance(1000);
  return app;
}

test('before anything is known the card says what is needed, and asks nobody', async () => {
  await showApp(configured());
  expect(card().textContent).toContain('Nothing is looked up on the internet unless you allow it.');
  const needed = within(card())
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
  expect(needed).toHaveLength(5);
  expect(within(card()).queryByText('Brings a day')).toBeNull();
});

test('what is typed gives the estimate, with its spread, its date and a warning where it costs more', async () => {
  const { user, desktop } = await mining({});
  await user.click(button('Edit figures'));
  const fill = async (name: string, text: string) => {
    await user.clear(field(name));
    if (text !== '') await user.type(field(name), text);
  };
  await fill('Price of 1 XMR', '150');
  await fill('Currency', 'eur');
  await fill('Price of 1 kWh', '0,30');
  await fill('Watts that mining takes', '62');
  await fill('Network difficulty', '600 G');
  await fill('Block reward in XMR', '0.6');
  await user.click(button('Save'));

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(desktop.settings.money).toMatchObject({
    currency: 'EUR',
    tariffPerKwh: { value: 0.3 },
    network: { difficulty: 6e11, rewardXmr: 0.6 },
  });
  // 7200 H/s: 0.000622 XMR, 1.488 kWh a day.
  await waitFor(() => expect(figure('Brings a day')).toBe('0.000622\u00a0XMR'));
  expect(figure('Worth')).toBe('€0.0933');
  expect(figure('Costs a day')).toBe('€0.45');
  expect(figure('Net a day')).toBe('-€0.35');
  expect(figure('Energy per megahash')).toBe('8,611\u00a0J');
  expect(card().textContent).toContain('Mining costs more than it brings');
  expect(card().textContent).toMatch(/Four days in five bring between 0\.\d+\u00a0XMR and 0\.\d+/);
  expect(card().textContent).toContain('the pool’s luck and its fee come on top');
  expect(card().textContent).toContain('no promise');
  expect(input('Network difficulty')).toMatch(/^600B typed, /);
  expect(input('Power')).toMatch(/^62\u00a0W typed, /);
  expect(input('Hashrate')).toMatch(/^7\.20 kH\/s measured here, /);
  expect(within(card()).queryByText('Still needed:')).toBeNull();
});

test('a wrong figure is told and cannot be saved; one that was not changed keeps its date', async () => {
  const { user, desktop } = await showApp(configured(money({ pricePerXmr: typed(150) })));
  await user.click(button('Edit figures'));
  await user.type(field('Price of 1 kWh'), 'cheap');
  expect(screen.getByText('Enter a number, such as 0.30.')).not.toBeNull();
  expect(button('Save').disabled).toBe(true);
  await user.clear(field('Price of 1 kWh'));
  await user.clear(field('Currency'));
  await user.type(field('Currency'), 'euro');
  expect(screen.getByText(/three letters of a currency/)).not.toBeNull();
  await user.clear(field('Currency'));
  await user.type(field('Currency'), 'CHF');
  await user.type(field('Watts that mining takes'), '50');
  await user.click(button('Save'));
  await waitFor(() => expect(desktop.settings.money.currency).toBe('CHF'));
  expect(desktop.settings.money.pricePerXmr).toEqual(typed(150));
  expect(desktop.settings.money.wattsAtWall?.atMs).toBeGreaterThan(typed(0).atMs);
});

test('prices are read from a supplier’s table, looked at and saved; a bad one changes nothing', async () => {
  const { user, desktop, table, folder } = await showApp(
    configured(money({ tariffPerKwh: { ...typed(0.4), windows: [] } })),
  );
  await user.click(button('Edit figures'));
  table.file = join(folder, 'prices.csv');
  const write = (line: string) => {
    const day = Array.from({ length: 24 }, (_, hour) => `${hour};${hour < 6 ? '0,18' : '0,31'}`);
    writeFileSync(table.file ?? '', [...day.slice(0, 23), line].join('\n'));
  };
  write('23;cheap');
  await user.click(button('Read prices from a CSV file'));
  expect((await screen.findByText(/^Line 24: “cheap” is not a price/)).textContent).toContain(
    'Nothing was taken from the file.',
  );
  expect(field('Price of 1 kWh').value).toBe('0.4');
  write('23;0,31');
  await user.click(button('Read prices from a CSV file'));
  await waitFor(() => expect(field('Price of 1 kWh').value).toBe('0.31'));
  expect(screen.queryByText(/^Line 24/)).toBeNull();
  expect(field('Other prices at certain hours').value).toBe('0-6: 0.18');
  expect(desktop.settings.money.tariffPerKwh?.value).toBe(0.4);
  await user.click(button('Save'));
  await waitFor(() =>
    expect(desktop.settings.money.tariffPerKwh).toMatchObject({
      value: 0.31,
      windows: [{ from: 0, to: 6, perKwh: 0.18 }],
    }),
  );
});

test('prices at certain hours count by the hours mined, and the schedule can keep to the cheapest', async () => {
  const { user, desktop } = await showApp(configured(money({ wattsAtWall: typed(100) })));
  await user.click(button('Settings'));
  await user.click(button('Rules'));
  const cheapest = () => screen.getByRole('switch', { name: 'Mine only in the cheapest hours' });
  expect(cheapest().getAttribute('aria-disabled')).toBe('true');

  await user.click(button('Dashboard'));
  await user.click(button('Edit figures'));
  await user.type(field('Price of 1 kWh'), '0.30');
  await user.type(field('Other prices at certain hours'), '0-12');
  expect(screen.getByText(/with a semicolon between several/)).not.toBeNull();
  await user.type(field('Other prices at certain hours'), ': 0.10');
  await user.click(button('Save'));
  // 2.4 kWh, at a mean of 0.20.
  await waitFor(() => expect(figure('Costs a day')).toBe('$0.48'));
  expect(input('Price of 1 kWh')).toMatch(/^\$0\.20 mean of the hours mined, typed, /);

  await user.click(button('Settings'));
  await user.click(cheapest());
  await user.selectOptions(screen.getByLabelText('Hours a day'), '5');
  await waitFor(() =>
    expect(desktop.settings.rules.schedule.cheapest).toEqual({ enabled: true, hours: 5 }),
  );
  await user.click(button('Dashboard'));
  await waitFor(() => expect(figure('Costs a day')).toBe('$0.24'));
});

test('what the processors report stands in for watts that nobody typed, and says that it is less', async () => {
  const tariffPerKwh = { ...typed(0.3), windows: [] };
  const { user } = await mining(money({ tariffPerKwh, network }), (app) =>
    Object.assign(app.surroundings, { watts: 45, powerLimitWatts: 65 }),
  );
  expect(input('Power')).toMatch(/^45\u00a0W processors only, measured, /);
  expect(figure('Costs a day')).toBe('$0.32');
  await user.click(button('Edit figures'));
  expect(screen.getByRole('dialog').textContent).toContain('Leave empty to use 45 W');
});

test('the processors’ own limit is offered as a bound where they report nothing else', async () => {
  const { user } = await showApp(configured(), ({ surroundings }) => {
    surroundings.powerLimitWatts = 65;
  });
  await user.click(button('Edit figures'));
  expect(screen.getByRole('dialog').textContent).toContain('set to stay below 65 W');
});

test('one’s own node tells difficulty and reward, and how seldom a block is found', async () => {
  node = await ScriptedNode.start();
  node.answer = ({ method }) =>
    method === 'get_block_template'
      ? JSON.stringify({
          id: '0',
          result: templateAnswer({
            ...{ difficulty: 6e11, wide_difficulty: `0x${(6e11).toString(16)}` },
            expected_reward: 612_000_000_000,
          }),
        })
      : undefined;
  const own: PoolSettings = {
    ...{ id: 'own', name: 'My node', host: '127.0.0.1', port: node.port },
    ...{ kind: 'daemon', tls: { use: 'none' } },
  };
  await mining({ pools: [own], ...money({ network }) });
  await waitFor(() => expect(input('Block reward')).toMatch(/^0\.612\u00a0XMR from your node, /));
  expect(input('Network difficulty')).toMatch(/^600B from your node, /);
  expect(card().textContent).toContain('Nine days in ten or more bring nothing');
  expect(card().textContent).toContain('The chance of nothing at all in 24 hours is 99.89%.');
  expect(card().textContent).toContain('You find a block every 965 d on average');
  expect(screen.getByRole('heading', { name: 'Own node' })).toBeDefined();
  expect(screen.queryByRole('heading', { name: 'Pool' })).toBeNull();
});

test('P2Pool’s own files tell the network, the odds and what it counted; a folder without them is told', async () => {
  const shown = await mining({});
  const folder = join(shown.folder, 'p2pool');
  await shown.user.click(button('Edit figures'));
  await shown.user.type(field('P2Pool’s figures'), folder);
  await shown.user.click(button('Save'));
  await waitFor(() =>
    expect(card().textContent).toContain('It should hold network/stats and pool/stats.'),
  );

  const write = (name: string, content: object) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
    utimesSync(file, shown.clock.wallMs() / 1000, shown.clock.wallMs() / 1000);
  };
  write('network/stats', { difficulty: 6e11, reward: 6e11 });
  write('pool/stats', { pool_statistics: { sidechainDifficulty: 1.5e8, pplnsWeight: 3.24e11 } });
  shown.advance(31_000);
  await waitFor(() => expect(input('Network difficulty')).toMatch(/^600B from P2Pool, /));
  expect(card().textContent).toContain(
    'You find a P2Pool share that is paid every 14 h on average',
  );

  write('local/console', { mode: 'tty' });
  write('local/stratum', { total_hashes: 0 });
  shown.advance(300_000);
  // Testing Library's own would look again at once after each change, and leave nothing else a turn.
  await vi.waitFor(() => {
    shown.advance(1000);
    expect(card().textContent).toContain('Sent against credited: too early to tell.');
  }, PATIENCE_MS);
});

test('practice earns nothing, and says so beside what the same rate would bring', async () => {
  const { user, reach, advance } = await showApp(
    configured({ work: 'practice', pools: [], ...money({ network }) }),
  );
  await user.click(button('Start mining'));
  await reach('mining');
  for (let second = 0; second < 70; second += 1) advance(1000);
  expect(card().textContent).toContain('Practice earns nothing.');
  expect(figure('Brings a day')).toBe('0.000622\u00a0XMR');
  expect(card().textContent).not.toContain('The chance of nothing');
});
