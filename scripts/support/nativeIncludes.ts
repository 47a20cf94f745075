import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

interface Folder {
  mayKnow: readonly string[];
  /** It may include the public header, too. */
  publicHeader?: true;
}
type Table = Readonly<Record<string, Folder>>;

/**
 * Who may include whom in native/src, from the bottom to the top: a folder knows folders above it in this table only, so
 * that there is no circle.
 */
export const folders: Table = {
  cpu: { mayKnow: [] },
  memory: { mayKnow: ['cpu'] },
  primitives: { mayKnow: ['cpu'] },
  argon2: { mayKnow: ['cpu', 'primitives'] },
  superscalar: { mayKnow: ['primitives'] },
  dataset: { mayKnow: ['argon2', 'cpu', 'memory', 'primitives', 'superscalar'] },
  vm: { mayKnow: ['dataset', 'primitives'] },
  jit: { mayKnow: ['cpu', 'dataset', 'memory', 'vm'] },
  'jit/x86_64': { mayKnow: [] },
  'jit/x86_64/program': { mayKnow: ['cpu', 'jit', 'jit/x86_64', 'memory', 'primitives', 'vm'] },
  'jit/x86_64/dataset': { mayKnow: ['dataset', 'jit', 'jit/x86_64', 'primitives', 'superscalar'] },
  'jit/aarch64': { mayKnow: [] },
  'jit/aarch64/program': { mayKnow: ['cpu', 'jit', 'jit/aarch64', 'memory', 'primitives', 'vm'] },
  'jit/aarch64/dataset': { mayKnow: ['jit', 'jit/aarch64'] },
  hash: { mayKnow: ['cpu', 'dataset', 'jit', 'primitives', 'vm'] },
  cryptonight: { mayKnow: ['cpu', 'hash', 'primitives'] },
  miner: {
    mayKnow: ['cpu', 'cryptonight', 'dataset', 'hash', 'jit', 'memory'],
    publicHeader: true,
  },
  abi: { mayKnow: ['cpu', 'cryptonight', 'memory', 'miner'], publicHeader: true },
};

const PUBLIC_HEADER = 'randomx_native.h';

/** What is wrong with these sources (texts by their path in native/src) and with the table, a sentence each. */
export function includeComplaints(
  sources: Readonly<Record<string, string>>,
  table = folders,
): string[] {
  const complaints: string[] = [];
  const used = new Set<string>();
  for (const [file, text] of Object.entries(sources)) {
    const folder = posix.dirname(file);
    const rule = table[folder];
    if (rule === undefined) {
      complaints.push(`${file}: ${folder} is not in the table.`);
      continue;
    }
    for (const [, quoted, bracketed] of text.matchAll(/^\s*#\s*include\s+(?:"(.*)"|<(.*)>)/gm)) {
      if (bracketed === PUBLIC_HEADER && rule.publicHeader !== true)
        complaints.push(`${file}: ${folder} must not know the public header.`);
      if (quoted === undefined) continue;
      const included = posix.join(folder, quoted);
      if (!(included in sources)) complaints.push(`${file}: there is no "${quoted}".`);
      const other = posix.dirname(included);
      if (other === folder) continue;
      if (!rule.mayKnow.includes(other))
        complaints.push(`${file}: ${folder} must not know ${other}.`);
      used.add(`${folder} ${other}`);
    }
  }
  return [...complaints, ...circles(table), ...unused(table, used)];
}

function circles(table: Table): string[] {
  const order = Object.keys(table);
  return permissions(table)
    .filter(({ folder, other }) => !order.slice(0, order.indexOf(folder)).includes(other))
    .map(({ folder, other }) => `table: ${other} must stand above ${folder}, which knows it.`);
}

function unused(table: Table, used: ReadonlySet<string>): string[] {
  return permissions(table)
    .filter(({ folder, other }) => !used.has(`${folder} ${other}`))
    .map(({ folder, other }) => `table: ${folder} includes nothing of ${other}.`);
}

function permissions(table: Table): { folder: string; other: string }[] {
  return Object.entries(table).flatMap(([folder, { mayKnow }]) =>
    mayKnow.map((other) => ({ folder, other })),
  );
}

/** The sources as they are. */
export function nativeSources(root: string): Record<string, string> {
  const base = join(root, 'native/src');
  return Object.fromEntries(
    readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[ch]pp$/.test(file))
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(base, file), 'utf8')]),
  );
}
