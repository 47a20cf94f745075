/** `settingsWriter.ts FOLDER`: writes two settings documents in turn, without end; tells when the first is written. */
import { SettingsStore } from '../../electron/core/settings/store.ts';
import {
  defaultSettings,
  type PoolSettings,
  type Settings,
} from '../../electron/contract/settings.ts';

const store = new SettingsStore(process.argv[2] ?? '');

function documentNamed(name: string): Settings {
  const pools = Array.from({ length: 16 }, (_, index): PoolSettings => ({
    id: String(index),
    name: name.repeat(80),
    kind: 'stratum',
    host: 'pool.example.com',
    port: 3333,
    tls: { use: 'none' },
    login: { use: 'wallet' },
    password: 'x',
  }));
  return { ...defaultSettings(), pools };
}

const documents = [documentNamed('a'), documentNamed('b')];
for (let count = 0; ; count++) {
  const document = documents[count % 2];
  if (document !== undefined) store.save(document);
  if (count === 0) process.send?.('written');
}
