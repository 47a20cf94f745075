import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogueOf } from '../../../electron/contract/text/language.ts';
import { languages } from '../../../electron/contract/text/catalogues.ts';

const packaging = join(import.meta.dirname, '../../../scripts/packaging');
const { appStreamTexts, desktopEntryTexts } = (await import(
  join(packaging, 'launcherTexts.mjs')
)) as { appStreamTexts: () => string; desktopEntryTexts: () => string };
const texts = JSON.parse(
  readFileSync(join(packaging, 'files/desktop/texts.json'), 'utf8'),
) as Record<string, Record<string, string | string[]>>;

it('says everything in every language that the app speaks, and nothing in English but in English', () => {
  expect(Object.keys(texts).sort()).toEqual([...languages].sort());
  const { en, ...others } = texts;
  for (const [language, text] of Object.entries(others)) {
    for (const [key, english] of Object.entries(en ?? {})) {
      const said = text[key];
      expect(said, `${language}: ${key}`).not.toEqual(english);
      expect(typeof said === 'string' ? 1 : said?.filter(Boolean).length).toBe(
        key === 'description' ? english.length : key === 'keywords' ? said?.length : 1,
      );
    }
  }
});

it('is read in a menu by whoever reads the window in that language', () => {
  const lines = desktopEntryTexts().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'GenericName=Monero miner',
    expect.stringMatching(/^GenericName\[\w+\]=/),
  ]);
  expect(lines).toContain('Comment[de]=Monero auf der eigenen CPU schürfen, sobald Sie es starten');
  expect(lines).toContain('Keywords[pt]=mineração;minerar;processador;criptomoeda;');
  const named = lines.flatMap(
    (line) => /^Comment\[(.*)\]/.exec(line)?.[1]?.replace('_', '-') ?? [],
  );
  const known = new Set<string>(languages);
  known.delete('en');
  expect(new Set(named.map((locale) => catalogueOf(locale)))).toEqual(known);
});

it('is read in software centres', () => {
  const lines = appStreamTexts().split('\n');
  expect(lines[0]).toBe('  <summary>Mine Monero on your own CPU</summary>');
  expect(lines).toContain('  <summary xml:lang="zh-CN">用自己的 CPU 挖 Monero</summary>');
  expect(lines.filter((line) => line.includes('<p xml:lang="de">'))).toHaveLength(2);
});
