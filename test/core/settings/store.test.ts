import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../electron/core/settings/store.ts';
import { defaultSettings, type Settings } from '../../../electron/contract/settings.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';

let parent: string;
let folder: string;
let file: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'settings-'));
  chmodSync(parent, 0o777);
  folder = join(parent, 'profile');
  file = join(folder, 'settings.json');
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

const changed: Settings = { ...defaultSettings(), appearance: { theme: 'dark' } };

describe('settings on disk', () => {
  it('start from the defaults without writing anything', () => {
    const store = new SettingsStore(folder);
    expect(store.current).toEqual(defaultSettings());
    expect(store.notice).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are found again, readable by their user only', () => {
    expect(new SettingsStore(folder).save(changed)).toBeNull();
    expect(new SettingsStore(folder).current).toEqual(changed);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['half a document', '{"version": 2, "consent"'],
    ['an empty file', ''],
    ['another kind of JSON', '[1, 2]'],
    ['a value of the wrong type', '{"version": 2, "pools": "none"}'],
    ['no version', '{}'],
    ['something huge', `{"version": 2, "x": "${'x'.repeat(1_000_001)}"}`],
  ])('damaged (%s) are set aside and told', (_name, text) => {
    new SettingsStore(folder).save(changed);
    writeFileSync(file, text);
    const store = new SettingsStore(folder, () => 0);
    expect(store.current).toEqual(defaultSettings());
    expect(store.notice?.code).toBe('settings_damaged');
    const aside = join(folder, 'settings.damaged-1970-01-01T00-00-00.000Z.json');
    expect(store.notice?.message).toContain(aside);
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(store.save(changed)).toBeNull();
    expect(new SettingsStore(folder).notice).toBeNull();
  });

  it('of a newer version are kept for that version', () => {
    new SettingsStore(folder);
    writeFileSync(file, '{"version": 3}');
    expect(new SettingsStore(folder).notice?.code).toBe('settings_newer');
  });

  it('get rid of what a killed writer left', () => {
    new SettingsStore(folder).save(changed);
    writeFileSync(`${file}.4711.tmp`, '{"ver');
    expect(new SettingsStore(folder).current).toEqual(changed);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('that cannot be written stay as they were, and the user is told', () => {
    asUnprivileged(() => {
      const store = new SettingsStore(folder);
      expect(store.save(changed)).toBeNull();
      chmodSync(folder, 0o500);
      expect(store.save(defaultSettings())?.code).toBe('settings_unwritable');
      chmodSync(folder, 0o700);
      expect(store.current).toEqual(changed);
      expect(new SettingsStore(folder).current).toEqual(changed);
    });
  });

  it('that cannot be read are never written over', () => {
    asUnprivileged(() => {
      new SettingsStore(folder).save(changed);
      chmodSync(file, 0o000);
      const store = new SettingsStore(folder);
      expect(store.notice?.code).toBe('settings_unreadable');
      expect(store.save(defaultSettings())?.code).toBe('settings_unreadable');
      chmodSync(file, 0o600);
      expect(new SettingsStore(folder).current).toEqual(changed);
    });
  });
});
