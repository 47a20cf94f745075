import { expect, it } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { refused } from '../../../electron/contract/result.ts';
import { defaultSettings, SETTINGS_VERSION } from '../../../electron/contract/settings.ts';
import { weeks } from '../../../electron/contract/schedule.ts';
import { readDocument } from '../../../electron/core/settings/document.ts';

const read = (rules: object) => readDocument(JSON.stringify({ version: SETTINGS_VERSION, rules }));

it('rules that a file does not know yet are off, and those that it knows stay', () => {
  expect(read({ pauseOnBattery: false, onlyWhenIdle: true, idleAfterSeconds: 60 })).toMatchObject({
    ok: true,
    value: {
      rules: {
        ...{ pauseOnBattery: false, batteryBelowPercent: 100 },
        ...{ onlyWhenIdle: true, idleAfterSeconds: 60 },
        schedule: { enabled: false, week: weeks.nights },
        heat: { enabled: false },
        listedPrograms: [],
      },
    },
  });
});

it.each([
  ['rules.schedule.week', { schedule: { week: ['0'.repeat(24)] } }],
  ['rules.schedule.week.0', { schedule: { week: weeks.always.map((day) => `${day}1`) } }],
  ['rules.heat.maxCelsius', { heat: { maxCelsius: 300 } }],
  ['rules.listedPrograms.0', { listedPrograms: [' '] }],
  ['rules.batteryBelowPercent', { batteryBelowPercent: 0 }],
])(
  '%s that is wrong is told by its place, and by nothing that is said in English',
  (where, rules) => {
    expect(read(rules)).toEqual(refused(problem('settingsWrong', { where })));
  },
);

it.each(['[]', '7', 'null'])('%s is no settings, and a version that never was is told', (text) => {
  expect(readDocument(text)).toEqual(refused(problem('notSettings')));
  expect(readDocument('{"version":-1}')).toEqual(
    refused(problem('settingsWrong', { where: 'version' })),
  );
});

it('a file from before there were figures of money has none of them, and a wrong one is told by its place', () => {
  const { money } = defaultSettings();
  expect(readDocument(JSON.stringify({ version: SETTINGS_VERSION }))).toMatchObject({
    ok: true,
    value: { money: { ...money, pricePerXmr: null, network: null } },
  });
  const readMoney = (changed: object) =>
    readDocument(JSON.stringify({ version: SETTINGS_VERSION, money: changed }));
  for (const [where, changed] of [
    ['money.currency', { currency: '€' }],
    ['money.pricePerXmr.value', { pricePerXmr: { value: 0, atMs: 1 } }],
    ['money.wattsAtWall.atMs', { wattsAtWall: { value: 60 } }],
    ['money.network.difficulty', { network: { difficulty: -1, rewardXmr: 0.6, atMs: 1 } }],
  ] as const) {
    expect(readMoney(changed)).toMatchObject({
      ok: false,
      error: { code: 'settingsWrong', values: { where } },
    });
  }
});
