import {
  chmodSync,
  mkdirSync,
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
import { createText } from '../../../electron/contract/text/index.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';

const { sentence } = createText('en');

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

const changed: Settings = {
  ...defaultSettings(),
  appearance: { theme: 'dark', language: 'system', tour: true },
};

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
    ['half a document', '{\n  "version": 2,\n  "consent"', 'line 3, column 12 is not valid JSON'],
    ['an empty file', '', 'line 1, column 1 is not valid JSON'],
    ['a stray comma', '{"version": 2, "pools": [],}', 'line 1, column 28 is not valid JSON'],
    ['another kind of JSON', '[1, 2]', 'no settings'],
    ['a value of the wrong type', '{"version": 2, "pools": "none"}', '“pools” is wrong'],
    [
      'a pool without a host',
      '{"version": 2, "pools": [{"kind": "daemon"}]}',
      '“pools.0.id” is wrong',
    ],
    ['no version', '{}', '“version” is wrong'],
    ['a newer version', '{"version": 3}', 'written by a newer version'],
  ])('that hold %s are set aside, and the user is told why', (_name, text, why) => {
    new SettingsStore(folder).save(changed);
    writeFileSync(file, text);
    const store = new SettingsStore(folder, { wallMs: () => 0 });
    expect(store.current).toEqual(defaultSettings());
    const aside = join(folder, 'settings.old-1970-01-01T00-00-00.000Z.json');
    expect(store.notice).toMatchObject({ code: 'settingsSetAside', values: { aside } });
    expect(store.notice && sentence(store.notice)).toContain(why);
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(store.save(changed)).toBeNull();
    expect(new SettingsStore(folder).notice).toBeNull();
  });

  it('may begin with a byte order mark', () => {
    new SettingsStore(folder).save(changed);
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
    const store = new SettingsStore(folder);
    expect(store.notice).toBeNull();
    expect(store.current).toEqual(changed);
  });

  it('get rid of what a killed writer left', () => {
    new SettingsStore(folder).save(changed);
    writeFileSync(`${file}.4711.tmp`, '{"ver');
    expect(new SettingsStore(folder).current).toEqual(changed);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });
});

describe('a profile that refuses something', () => {
  it('keeps what it had when a change cannot be written, and the user is told', () => {
    asUnprivileged(() => {
      const store = new SettingsStore(folder);
      expect(store.save(changed)).toBeNull();
      chmodSync(folder, 0o500);
      expect(store.save(defaultSettings())).toMatchObject({
        code: 'settingsUnwritable',
        values: { reason: { code: 'noPermission' } },
      });
      chmodSync(folder, 0o700);
      expect(store.current).toEqual(changed);
      expect(new SettingsStore(folder).current).toEqual(changed);
    });
  });

  it('is made anew where somebody has removed it', () => {
    const store = new SettingsStore(folder);
    rmSync(folder, { recursive: true });
    expect(store.save(changed)).toBeNull();
    expect(new SettingsStore(folder).current).toEqual(changed);
  });

  it('stays read-only where its owner made it so', () => {
    asUnprivileged(() => {
      new SettingsStore(folder).save(changed);
      chmodSync(folder, 0o555);
      expect(new SettingsStore(folder).notice?.code).toBe('settingsNotKept');
      expect(statSync(folder).mode & 0o777).toBe(0o500);
      chmodSync(folder, 0o700);
    });
  });

  it('is read where it can be read only, and works until the app quits', () => {
    new SettingsStore(folder).save(changed);
    chmodSync(folder, 0o555);
    chmodSync(file, 0o444);
    asUnprivileged(() => {
      const store = new SettingsStore(folder);
      expect(store.notice?.code).toBe('settingsNotKept');
      expect(store.current).toEqual(changed);
      expect(store.save(defaultSettings())).toBeNull();
      expect(store.current).toEqual(defaultSettings());
      expect(new SettingsStore(folder).current).toEqual(changed);
    });
  });

  it('is worked in where not even its folder can be made', () => {
    writeFileSync(folder, 'a file where the folder should be');
    const store = new SettingsStore(folder);
    expect(store.notice).not.toBeNull();
    expect(store.save(changed)).toBeNull();
    expect(store.current).toEqual(changed);
  });

  it.each([
    ['cannot be read', () => chmodSync(file, 0o000), 'permission denied'],
    [
      'is a folder',
      () => {
        rmSync(file);
        mkdirSync(file);
      },
      'it is not a file',
    ],
    ['is something huge', () => writeFileSync(file, 'x'.repeat(1_000_001)), 'far too large'],
  ])('whose file %s is never written over', (_name, spoil, why) => {
    asUnprivileged(() => {
      new SettingsStore(folder).save(changed);
      spoil();
      const store = new SettingsStore(folder);
      expect(store.notice?.code).toBe('settingsUnusable');
      expect(store.notice && sentence(store.notice)).toContain(why);
      const { size } = statSync(file);
      expect(store.save(changed)).toBeNull();
      expect(statSync(file).size).toBe(size);
    });
  });
});

describe('changes from outside', () => {
  /** Writes the file as another program does. */
  const writeOutside = (settings: Settings) =>
    writeFileSync(file, JSON.stringify(settings, null, 1));

  it('are taken over while the app runs, once', () => {
    const store = new SettingsStore(folder);
    store.save(defaultSettings());
    expect(store.takeOutsideChanges()).toBe(false);
    writeOutside(changed);
    expect(store.takeOutsideChanges()).toBe(true);
    expect(store.current).toEqual(changed);
    expect(store.takeOutsideChanges()).toBe(false);
  });

  it('that make no sense are left alone', () => {
    const store = new SettingsStore(folder);
    store.save(changed);
    writeFileSync(file, '{"version"');
    expect(store.takeOutsideChanges()).toBe(false);
    expect(store.current).toEqual(changed);
    rmSync(file);
    expect(store.takeOutsideChanges()).toBe(false);
  });

  const mine: Settings = { ...changed, wallet: { address: '4mine' } };
  const swapped: Settings = { ...changed, wallet: { address: '4theirs' } };

  function confirmedStore(): SettingsStore {
    const store = new SettingsStore(folder);
    store.save(mine);
    store.confirmAddress('4mine');
    return store;
  }

  it('to the address raise the alert while the app runs; the confirmed one stays in use', () => {
    const store = confirmedStore();
    writeOutside(swapped);
    expect(store.takeOutsideChanges()).toBe(true);
    expect(store.addressAlert).toEqual({ confirmed: '4mine', found: '4theirs' });
    expect(store.current.wallet).toEqual({ address: '4mine' });
  });

  it('to the address raise the alert at the next launch too', () => {
    confirmedStore();
    writeOutside(swapped);
    const store = new SettingsStore(folder);
    expect(store.addressAlert).toEqual({ confirmed: '4mine', found: '4theirs' });
    expect(store.current.wallet).toEqual({ address: '4mine' });
    store.save(swapped);
    store.confirmAddress('4theirs');
    expect(store.addressAlert).toBeNull();
    expect(new SettingsStore(folder).addressAlert).toBeNull();
    expect(new SettingsStore(folder).current).toEqual(swapped);
  });

  it('put no address in where none was confirmed', () => {
    const store = new SettingsStore(folder);
    store.confirmAddress(null);
    writeOutside(swapped);
    expect(new SettingsStore(folder).addressAlert).toEqual({ confirmed: null, found: '4theirs' });
    expect(new SettingsStore(folder).current.wallet).toBeNull();
  });

  it('are no alarm when the file is older than the confirming', () => {
    new SettingsStore(folder);
    writeOutside(mine);
    expect(new SettingsStore(folder).addressAlert).toBeNull();
    writeOutside(swapped);
    expect(new SettingsStore(folder).addressAlert).not.toBeNull();
  });

  const foreign = `8${'Ab1'.repeat(31)}x`;
  const withLogin = (text?: string): Settings => ({
    ...mine,
    pools: [
      {
        ...{ id: 'p2pool', kind: 'stratum', name: 'P2Pool', host: '127.0.0.1', port: 3333 },
        ...{ tls: { use: 'none' }, password: 'x' },
        login: text === undefined ? { use: 'wallet' } : { use: 'text', text },
      },
    ],
  });

  it.each([
    ['the wallet', undefined],
    ['a name', 'worker'],
    ['an address of the user’s own', `4${'Zy9'.repeat(31)}x+5000`],
  ])('to a pool’s login, from %s to an address, raise the alert and are not used', (_, login) => {
    const own = withLogin(login);
    confirmedStore().save(own);
    const opened = new SettingsStore(folder);
    expect(opened.current).toEqual(own);
    writeOutside(withLogin(`${foreign}.rig`));
    expect(opened.takeOutsideChanges()).toBe(true);
    for (const store of [opened, new SettingsStore(folder)]) {
      expect(store.addressAlert).toEqual({ confirmed: '4mine', found: foreign });
      expect(store.current).toEqual(own);
    }
    opened.save(withLogin(`${foreign}.rig`));
    opened.confirmAddress('4mine');
    const after = new SettingsStore(folder);
    expect(after.addressAlert).toBeNull();
    expect(after.current).toEqual(withLogin(`${foreign}.rig`));
  });

  it('to a pool’s login are taken over where they name no other address', () => {
    const store = confirmedStore();
    writeOutside(withLogin('worker'));
    expect(store.takeOutsideChanges()).toBe(true);
    expect(store.addressAlert).toBeNull();
    expect(store.current).toEqual(withLogin('worker'));
  });

  it('to a pool’s login are no alarm when they are older than the guard', () => {
    confirmedStore().save(withLogin(foreign));
    writeFileSync(join(folder, 'confirmed-address.json'), '{"version":1,"address":"4mine"}');
    expect(new SettingsStore(folder).addressAlert).toBeNull();
    expect(new SettingsStore(folder).current).toEqual(withLogin(foreign));
    writeOutside(withLogin(`8${foreign}`));
    expect(new SettingsStore(folder).addressAlert).not.toBeNull();
  });
});
