import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../electron/contract/settings.ts';
import { MoneyFacts } from '../../../electron/core/money/moneyFacts.ts';
import { SessionUnderTest } from '../../support/session.ts';

const { clock, session } = new SessionUnderTest();
let folder = '';
let settings: Settings;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-money-'));
  settings = defaultSettings();
  settings.money.p2poolFolder = folder;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** P2Pool's two files, written now. */
function tell(difficulty: number): void {
  const stats = {
    network: { difficulty, reward: 6e11 },
    pool: { pool_statistics: { sidechainDifficulty: 1.5e8, pplnsWeight: 3.24e11 } },
  };
  for (const [name, content] of Object.entries(stats)) {
    const file = join(folder, name, 'stats');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
    utimesSync(file, clock.wallMs() / 1000, clock.wallMs() / 1000);
  }
}

it('reads P2Pool’s figures every half minute, also after the clock was set back', () => {
  const facts = new MoneyFacts(() => null);
  const difficulty = () =>
    facts.estimate(session, { watts: null, celsius: null }, settings).network?.difficulty;
  tell(6e11);
  expect(difficulty()).toBe(6e11);
  tell(7e11);
  expect(difficulty()).toBe(6e11);
  clock.shiftMs += 30_000;
  expect(difficulty()).toBe(7e11);
  clock.wallShiftMs -= 24 * 3_600_000;
  tell(8e11);
  clock.shiftMs += 30_000;
  expect(difficulty()).toBe(8e11);
});
