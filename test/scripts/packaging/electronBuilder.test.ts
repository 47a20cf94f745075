import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { APP_ID } from '../../../electron/desktop/app/installation.ts';
import { languages } from '../../../electron/contract/text/catalogues.ts';

const root = join(import.meta.dirname, '../../..');
const builder = createRequire(join(root, 'node_modules/electron-builder/package.json'));
interface Configuration {
  readonly appId: string;
  readonly [system: string]: unknown;
  readonly mac: {
    readonly icon: string;
    readonly entitlements: string;
    readonly extendInfo: object;
  };
  readonly win: { readonly icon: string };
  readonly toolsets: { readonly appimage: string };
  readonly electronLanguages: readonly string[];
}
const { parse } = builder('plist') as { parse: (text: string) => unknown };
const { getConfig, validateConfiguration } = builder(
  'app-builder-lib/out/util/config/config.js',
) as {
  getConfig: (project: string, file: string, options: null) => Promise<Configuration>;
  validateConfiguration: (configuration: object, log: object) => Promise<void>;
};
const configuration = await getConfig(root, 'electron-builder.yml', null);
const log = { isEnabled: false, add: () => undefined };

it('is what electron-builder’s schema allows', async () => {
  await validateConfiguration(configuration, log);
  const wrong = { ...configuration, toolsets: { ...configuration.toolsets, appimage: '9.9.9' } };
  await expect(validateConfiguration(wrong, log)).rejects.toThrow('appimage');
});

it('names icons that are there in the sizes that Windows and macOS want, so that none is fetched', () => {
  expect(sizesInIco(configuration.win.icon)).toContain(256);
  // 512 pixels.
  expect(typesInIcns(configuration.mac.icon)).toContain('ic09');
});

it('installs the program under the name that it takes itself', () => {
  expect(configuration.appId).toBe(APP_ID);
});

it('asks macOS for nothing but generated code', () => {
  const list = readFileSync(join(root, configuration.mac.entitlements), 'utf8');
  expect(parse(list)).toEqual({ 'com.apple.security.cs.allow-jit': true });
});

it('lets no App Nap slow down mining behind other windows', () => {
  expect(configuration.mac.extendInfo).toEqual({ NSAppSleepDisabled: true });
});

it('starts an AppImage with the sandbox, as electron-builder’s first tools do not', () => {
  expect(Number(configuration.toolsets.appimage.split('.')[0])).toBeGreaterThanOrEqual(1);
});

it('keeps what Chromium says in the languages of the app', () => {
  const ofChromium: Readonly<Record<string, string>> = { en: 'en-US', 'zh-Hans': 'zh-CN' };
  expect(configuration.electronLanguages).toEqual(
    expect.arrayContaining(languages.map((language) => ofChromium[language] ?? language)),
  );
});

it('names no file that is not there', () => {
  const files = JSON.stringify(configuration).matchAll(/"((?:assets|scripts)\/[\w./]+)"/g);
  const missing = [...files].filter(([, file]) => !existsSync(join(root, file ?? '')));
  expect(missing).toEqual([]);
});

/** Widths of its pictures: the format writes 256 as 0. */
function sizesInIco(file: string): number[] {
  const bytes = readFileSync(join(root, file));
  const count = bytes.readUInt16LE(4);
  return Array.from({ length: count }, (_, place) => bytes.readUInt8(6 + 16 * place) || 256);
}

function typesInIcns(file: string): string[] {
  const bytes = readFileSync(join(root, file));
  const types: string[] = [];
  for (let place = 8; place < bytes.length; place += bytes.readUInt32BE(place + 4)) {
    types.push(bytes.toString('latin1', place, place + 4));
  }
  return types;
}
