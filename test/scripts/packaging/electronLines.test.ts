import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const { refuseOldElectron } = (await import(join(root, 'scripts/packaging/electronLines.mjs'))) as {
  refuseOldElectron: (version: string, now: Date) => void;
};

it('packs a line of Electron for users as long as it gets security fixes', () => {
  expect(() => refuseOldElectron('45.4.1', new Date('2027-04-06T12:00:00Z'))).not.toThrow();
  expect(() => refuseOldElectron('45.4.1', new Date('2027-04-07T12:00:00Z'))).toThrow('2027-04-06');
});

it('packs no line of which nobody wrote down how long it gets them', () => {
  for (const version of ['33.2.1', '46.0.0']) {
    expect(() => refuseOldElectron(version, new Date('2026-12-01'))).toThrow('not written down');
  }
});

it('knows the line that is pinned', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  expect(() =>
    refuseOldElectron(manifest.devDependencies.electron, new Date('2026-11-27')),
  ).not.toThrow();
});
