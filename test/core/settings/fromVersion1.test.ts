import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../electron/contract/settings.ts';
import { SettingsStore } from '../../../electron/core/settings/store.ts';

const fingerprint = 'ab'.repeat(32);
const pool = { id: 'a', name: 'A', kind: 'stratum', host: 'a.example', port: 443, tls: true };
const practice = { ...pool, id: 'p', kind: 'practice', host: '127.0.0.1', port: 0, tls: false };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-version1-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the app makes of a settings file of version 1 that it finds at launch. */
function opened(document: object): Settings {
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, ...document }));
  const store = new SettingsStore(folder);
  expect(store.notice).toBeNull();
  return store.current;
}

it('keeps everything that has not changed its shape', () => {
  const kept = {
    consent: { version: 1, givenAtMs: 5 },
    wallet: { address: '4…' },
    rules: { ...defaultSettings().rules, startAtLaunch: true },
    window: { close: 'quit', hideNoticeShown: true },
  };
  expect(opened(kept)).toEqual({ ...defaultSettings(), ...kept });
});

it('tells how each pool is reached and who it knows the miner as', () => {
  const pools = [
    { ...pool, password: 'x' },
    { ...pool, id: 'b', tls: false, port: 3333, login: 'worker', password: 'secret', rigId: 'r' },
    { ...pool, id: 'c', tlsFingerprint: fingerprint },
  ];
  const place = { name: 'A', kind: 'stratum', host: 'a.example', port: 443 };
  const wallet = { login: { use: 'wallet' }, password: 'x' };
  expect(opened({ pools }).pools).toEqual([
    { ...place, ...wallet, id: 'a', tls: { use: 'authority' } },
    {
      ...{ ...place, id: 'b', port: 3333, tls: { use: 'none' } },
      ...{ login: { use: 'text', text: 'worker' }, password: 'secret', rigId: 'r' },
    },
    { ...place, ...wallet, id: 'c', tls: { use: 'pinned', fingerprint } },
  ]);
});

it('takes the login of a node of one’s own as its RPC login', () => {
  const node = { ...pool, kind: 'daemon', port: 18081, tls: false, password: 'x' };
  const pools = [node, { ...node, id: 'b', login: 'user', password: 'secret' }];
  const place = { name: 'A', kind: 'daemon', host: 'a.example', port: 18081 };
  expect(opened({ pools }).pools).toEqual([
    { ...place, id: 'a', tls: { use: 'none' } },
    { ...place, id: 'b', tls: { use: 'none' }, rpcLogin: { user: 'user', password: 'secret' } },
  ]);
});

it.each([
  ['goes on practising when practice came first', [practice, pool], 'practice', ['a']],
  ['mines at pools when practice was a spare', [pool, practice], 'pools', ['a']],
  ['practises without a pool', [practice], 'practice', []],
  ['leaves out a pool without a place', [{ ...pool, host: '' }, pool], 'pools', ['a']],
])('%s', (_name, pools, work, ids) => {
  const settings = opened({ pools });
  expect(settings.work).toBe(work);
  expect(settings.pools.map(({ id }) => id)).toEqual(ids);
});

it.each([
  [
    { profile: 'full', threads: null, mode: 'fast' },
    { profile: 'full', mode: 'fast' },
  ],
  [
    { profile: 'quiet', threads: 7 },
    { profile: 'quiet', mode: 'auto' },
  ],
  [
    { profile: 'custom', threads: 7, mode: 'light' },
    { profile: 'custom', threads: 7, mode: 'light' },
  ],
  [
    { profile: 'custom', threads: null },
    { profile: 'balanced', mode: 'auto' },
  ],
  [{}, { profile: 'balanced', mode: 'auto' }],
])('reads the power %j', (power, expected) => {
  expect(opened({ power }).power).toEqual(expected);
});

it('gives up a file that version 1 never wrote', () => {
  for (const document of [{ pools: [7] }, { pools: 'none' }, { power: [] }, { pools: [{}] }]) {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, ...document }));
    expect(new SettingsStore(folder).notice?.code).toBe('settingsSetAside');
  }
});
