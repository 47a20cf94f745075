import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cpuReport, libraryHash, systemLibrary } from 'randomx-native-prebuilt';
import { toErrorCode } from '../../native/js/errors.ts';
import { ABI_VERSION } from '../../native/js/layout.ts';
import { library } from '../../native/js/library.ts';

const platform = `${process.platform}-${process.arch}`;
const built = new URL(`../../native/build/${platform}/librandomx_native.so`, import.meta.url);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a fresh process says that loads this library. */
function loadInAnotherProcess(path: string): string {
  const script = `import { libraryHash } from 'randomx-native-prebuilt';
    try { console.log(libraryHash()); } catch (error) { console.log(error.code); }`;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, RANDOMX_NATIVE_LIBRARY: path },
    encoding: 'utf8',
  });
  return child.stdout.trim();
}

describe('the native library', () => {
  it('tells its own SHA-256', () => {
    const expected = createHash('sha256').update(readFileSync(built)).digest('hex');
    expect(libraryHash()).toBe(expected);
  });

  it('lets the system’s own libraries be called as well', () => {
    const getpid = systemLibrary('libc.so.6').func('int getpid()') as () => number;
    expect(getpid()).toBe(process.pid);
  });

  it('is refused when another version lies in its place', () => {
    const source = join(folder, 'other.c');
    const path = join(folder, 'other.so');
    writeFileSync(
      source,
      'unsigned rxn_abi_version(void) { return 99; }\nunsigned rxn_abi_layout(unsigned *t, unsigned c) { return t ? c : 0; }\n',
    );
    execFileSync('cc', ['-shared', '-fPIC', '-o', path, source]);
    expect(loadInAnotherProcess(path)).toBe('libraryMismatch');
  });

  it('is refused when a structure has another layout', () => {
    const source = join(folder, 'layout.c');
    const path = join(folder, 'layout.so');
    writeFileSync(
      source,
      `unsigned rxn_abi_version(void) { return ${ABI_VERSION}; }\nunsigned rxn_abi_layout(unsigned *t, unsigned c) { t[0] = 4; return c; }\n`,
    );
    execFileSync('cc', ['-shared', '-fPIC', '-o', path, source]);
    expect(loadInAnotherProcess(path)).toBe('libraryMismatch');
  });

  it('is refused when it is not as it was built: half of it, for one', () => {
    const path = join(folder, 'library.so');
    const bytes = readFileSync(built);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(path, bytes);
    writeFileSync(`${path}.sha256`, `${sha256}\n`);
    expect(loadInAnotherProcess(path)).toBe(sha256);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    expect(loadInAnotherProcess(path)).toBe('libraryMismatch');
  });

  it('is told to be missing when it is', () => {
    expect(loadInAnotherProcess(join(folder, 'nothing.so'))).toBe('libraryMissing');
  });

  it('lists exported functions of the contract only', () => {
    const symbols = execFileSync('nm', ['-D', '--defined-only', built.pathname], {
      encoding: 'utf8',
    });
    const functions = [...symbols.matchAll(/ T (\S+)/g)].map((match) => match[1] ?? '');
    expect(functions.length).toBeGreaterThan(10);
    expect(functions.filter((name) => !name.startsWith('rxn_'))).toEqual([]);
  });
});

describe('the public header', () => {
  const header = fileURLToPath(new URL('../../native/include/randomx_native.h', import.meta.url));

  it('is C as well as C++', () => {
    const flags = ['-Wall', '-Wextra', '-Werror', '-pedantic-errors', '-fsyntax-only'];
    execFileSync('cc', ['-std=c99', ...flags, '-x', 'c', header]);
    execFileSync('cc', ['-std=c++17', ...flags, '-x', 'c++', header]);
  });

  it('names every status as this package does', () => {
    const statuses = [
      ...readFileSync(header, 'utf8').matchAll(/^ {2}RXN_([A-Z_]+) = (-\d+)/gm),
    ].map(([, name = '', number]) => ({ name, number: Number(number) }));
    expect(statuses.length).toBeGreaterThan(10);
    for (const { name, number } of statuses) {
      const code = name
        .toLowerCase()
        .replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
      expect(library().statusName(number)).toBe(code);
      expect(toErrorCode(code)).toBe(code);
    }
  });
});

describe('cpuReport', () => {
  it('describes at least one CPU that may be used and is recommended', () => {
    const report = cpuReport();
    expect(report.name).not.toBe('');
    expect(report.cpus.length).toBeGreaterThan(0);
    expect(report.recommendedCpus.length).toBeGreaterThan(0);
    for (const id of report.recommendedCpus) {
      expect(report.cpus.find((cpu) => cpu.id === id)).toMatchObject({ allowed: true });
    }
    expect(report.memory.availableBytes).toBeGreaterThan(0);
    expect(report.memory.availableBytes).toBeLessThanOrEqual(report.memory.totalBytes);
  });
});
