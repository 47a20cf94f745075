import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../electron/contract/text/en.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { rooms } from '../../scripts/lint-rules/rooms.ts';
import { pages } from './told.ts';

const root = resolve(import.meta.dirname, '../..');
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** Every match of `pattern` in `text`, by its first group. */
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, one]) => one ?? '');

it.each(pages)('%s leads to nothing that is not there', (page) => {
  const targets = all(textOf(page), /\]\(([^)\s]+)\)/g).filter((to) => !/^(https?:|#)/.test(to));
  const missing = targets.filter(
    (to) => !existsSync(join(root, dirname(page), to.replace(/#.*/, ''))),
  );
  expect(missing).toEqual([]);
});

/** Folders in which a page may leave out where they are. */
const homes = [
  '',
  'electron',
  'electron/core',
  'electron/desktop',
  'renderer',
  'native',
  'native/src',
];

it.each(pages)('%s names no file of ours that is not there', (page) => {
  const named = all(textOf(page), /`([\w.-]+(?:\/[\w.-]+)*\/[\w.-]+\.(?:tsx?|mjs|[ch]pp|md))`/g);
  const missing = named.filter((file) => !homes.some((home) => existsSync(join(root, home, file))));
  expect(missing).toEqual([]);
});

it.each(pages)('%s names no folder of ours that is not there', (page) => {
  const tops = 'electron|renderer|native|test|scripts|assets|docs';
  const named = all(textOf(page), new RegExp(`\`((?:${tops})/[\\w/-]+)\``, 'g'));
  expect(named.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
});

it.each(pages)('%s names only npm scripts, test stages and options that exist', (page) => {
  const text = textOf(page);
  const scripts = all(text, /npm run (?:-s )?([\w:-]+)/g).filter(
    (name) => !(name in packageJson.scripts),
  );
  const known = all(textOf('scripts/test-stages.mjs'), /name: '([\w-]+)'/g);
  const named = all(text, /npm test -- ([\w-]+)/g).filter((name) => !known.includes(name));
  const options = all(text, /npm run -s miner -- ([^\n`]+)/g)
    .flatMap((rest) => all(rest, /--([\w-]+)/g))
    .filter((name) => !(name in en.terminal.option));
  expect({ scripts, named, options }).toEqual({ scripts: [], named: [], options: [] });
});

it('names for each promise a test that is there', () => {
  const held = [...textOf('docs/promises.md').matchAll(/^ {2}- `([^`]+)` › (.+)$/gm)];
  expect(held.length).toBeGreaterThan(70);
  const missing = held.filter(([, file, title]) => {
    const path = join(root, file ?? '');
    return !existsSync(path) || !unescaped(readFileSync(path, 'utf8')).includes(title ?? '');
  });
  expect(missing.map(([line]) => line)).toEqual([]);
});

it('tells in the table of who may know whom of every room', () => {
  const [, section = ''] =
    /## Who may know whom\n([^]*?)\n## /.exec(textOf('docs/architecture.md')) ?? [];
  const told = all(section, /`([\w./-]+)`/g);
  const untold = rooms.filter(({ room }) => !told.some((name) => room.endsWith(name)));
  expect(untold.map(({ room }) => room)).toEqual([]);
});

it.each(['README.md', 'docs/install.md'])('%s installs the packages of this version', (page) => {
  const names = all(textOf(page), /\.\/(\S+)\.deb/g);
  const { version } = packageJson;
  expect(names).toEqual([`ibctminer_${version}_amd64`, `ibctminer-cli_${version}_amd64`]);
});

it('quotes in the list of symptoms what the app says, word for word', () => {
  const quotes = all(textOf('docs/troubleshooting.md'), /^\| “(.+?)”(?: with [^|]*)? +\|/gm);
  expect(quotes.length).toBeGreaterThan(25);
  expect(quotes.filter((quote) => !sentences.some((said) => isPartOf(quote, said)))).toEqual([]);
});

const sentences = leaves(en).map(plain);

function leaves(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  return Object.values(part as Record<string, unknown>).flatMap(leaves);
}

/** Its places as the page writes them. */
function plain(sentence: string): string {
  return sentence.replace(/\{\{[^}]*\}\}/g, '…');
}

function unescaped(source: string): string {
  return source.replaceAll("\\'", "'");
}

/** The whole of what is said, or its first sentences. */
function isPartOf(quote: string, said: string): boolean {
  return said === quote || said.startsWith(`${quote} `);
}
