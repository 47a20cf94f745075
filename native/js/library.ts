import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import type { LibraryHandle, default as Koffi } from 'koffi';
import { RandomxError, toErrorCode } from './errors.ts';
import { ABI_VERSION, abiLayout } from './layout.ts';

/** `linux-x64` and the like. */
const platform = `${process.platform}-${process.arch}`;
const fileNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'randomx_native.dll',
  darwin: 'librandomx_native.dylib',
};
const fileName = fileNames[process.platform] ?? 'librandomx_native.so';
/** native/ in the repository, the package's folder elsewhere; this file is in js/ or dist/. */
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

type Handle = bigint;
type AsyncCall<Args extends unknown[]> = {
  async(...args: [...Args, (error: Error | null, status: number) => void]): void;
};

/** The C functions of randomx_native.h. Buffers go in and out; handles are numbers nobody looks into. */
export interface Library {
  /** SHA-256 of the library file, lower-case hex. */
  readonly sha256: string;
  readonly path: string;
  getCpuReport(report: Buffer, cpus: Buffer | null, capacity: number): number;
  cacheOpen: AsyncCall<[Buffer, number, number, number, Buffer]>;
  cacheHash: AsyncCall<[Handle, number, Buffer, number, Buffer]>;
  cacheClose(cache: Handle): number;
  minerCreate(options: Buffer, cpus: Buffer, out: Buffer): number;
  minerConfigure(miner: Handle, options: Buffer, cpus: Buffer): number;
  minerSetJob(miner: Handle, job: Buffer, jobNumber: Buffer): number;
  minerPause(miner: Handle): number;
  minerResume(miner: Handle): number;
  minerRequestStop(miner: Handle): number;
  minerDestroy(miner: Handle): number;
  minerPoll(miner: Handle, buffer: Buffer, capacity: number, written: Buffer): number;
  minerWait: AsyncCall<[Handle, number, number]>;
  statusName(status: number): string;
  statusMessage(status: number): string;
}

/** Never let go of: a collected library handle would unload code that threads are running. */
let loaded: { readonly library: Library; readonly handle: LibraryHandle } | undefined;

/** Loads the library on first use. Throws RandomxError `libraryMissing` or `libraryMismatch`. */
export function library(): Library {
  loaded ??= load(findLibrary());
  return loaded.library;
}

/** SHA-256 of the loaded library, lower-case hex. */
export function libraryHash(): string {
  return library().sha256;
}

/** Throws what a failed call means. */
export function check(status: number): void {
  if (status !== 0) throw errorOf(status);
}

export function errorOf(status: number): RandomxError {
  return new RandomxError(
    toErrorCode(library().statusName(status)),
    library().statusMessage(status),
  );
}

/** A native call on libuv's threads; rejects with what a bad status means. */
export function call(
  start: (done: (error: Error | null, status: number) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error, status) => {
      if (error !== null) reject(error);
      else if (status !== 0) reject(errorOf(status));
      else resolve();
    });
  });
}

/** The handle that a call wrote to its 8-byte out buffer. */
export function readHandle(out: Buffer): Handle {
  return out.readBigUInt64LE(0);
}

/** A library of the operating system, bound by the same koffi, which is looked at before it is loaded. */
export function systemLibrary(name: string): LibraryHandle {
  return loadKoffi(expectedHashes()[`koffi-${platform}`]).load(name);
}

function findLibrary(): string {
  const override = process.env['RANDOMX_NATIVE_LIBRARY'];
  if (override !== undefined && override !== '') return override;
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  const candidates = [
    ...(resources === undefined ? [] : [join(resources, 'native', fileName)]),
    join(packageFolder, 'build', platform, fileName),
    join(packageFolder, 'prebuilt', platform, fileName),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new RandomxError(
    'libraryMissing',
    `The mining engine for ${platform} is missing. In the repository, run "npm run set-up"; otherwise install the app again.`,
  );
}

/** What packaging wrote down: SHA-256 by platform, of koffi's binary too. Empty in a development build. */
function expectedHashes(): Readonly<Record<string, unknown>> {
  const path = join(packageFolder, 'dist', 'library-hashes.json');
  if (!existsSync(path)) return {};
  const hashes: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof hashes === 'object' && hashes !== null ? { ...hashes } : {};
}

/** SHA-256 that the build wrote beside its library; absent where only a library was put. */
function builtHash(path: string): string | undefined {
  const record = `${path}.sha256`;
  return existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined;
}

/** SHA-256 of a file that is about to be loaded; throws when another was written down. */
function checkedHash(path: string, expected: unknown): string {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (expected === undefined || expected === sha256) return sha256;
  throw new RandomxError(
    'libraryMismatch',
    'The mining engine was changed after it was built, so it is not loaded. In the repository, run "npm run set-up"; otherwise install the app again.',
  );
}

function load(path: string): { library: Library; handle: LibraryHandle } {
  if (!existsSync(path)) {
    throw new RandomxError('libraryMissing', `There is no mining engine at ${path}.`);
  }
  const expected = expectedHashes();
  const sha256 = checkedHash(path, expected[platform] ?? builtHash(path));
  const handle = loadKoffi(expected[`koffi-${platform}`]).load(path);
  checkAbi(handle);
  return { library: bind(handle, sha256, path), handle };
}

/** Not imported: its binary would be loaded before anybody has looked at it. */
function loadKoffi(expected: unknown): typeof Koffi {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('koffi');
  if (expected !== undefined) {
    const folder = dirname(createRequire(entry).resolve(`@koromix/koffi-${platform}`));
    checkedHash(join(folder, platform.replace('-', '_'), 'koffi.node'), expected);
  }
  return require(entry) as typeof Koffi;
}

function checkAbi(handle: LibraryHandle): void {
  const version = handle.func('uint32_t rxn_abi_version()') as () => number;
  const layout = handle.func('uint32_t rxn_abi_layout(void *table, uint32_t capacity)') as (
    table: Buffer,
    capacity: number,
  ) => number;
  const table = Buffer.alloc(abiLayout.length * 4);
  const matches =
    version() === ABI_VERSION &&
    layout(table, abiLayout.length) === abiLayout.length &&
    abiLayout.every((value, index) => table.readUInt32LE(index * 4) === value);
  if (matches) return;
  throw new RandomxError(
    'libraryMismatch',
    'The mining engine is of another version than the program. In the repository, run "npm run set-up"; otherwise install the app again.',
  );
}

function bind(handle: LibraryHandle, sha256: string, path: string): Library {
  const bindings = {
    getCpuReport: 'int rxn_get_cpu_report(void *report, void *cpus, uint32_t capacity)',
    cacheOpen:
      'int rxn_cache_open(void *key, uint32_t bytes, uint32_t path, uint32_t mode, void *out)',
    cacheHash:
      'int rxn_cache_hash(uint64_t cache, uint32_t algorithm, void *input, uint32_t bytes, void *out)',
    cacheClose: 'int rxn_cache_close(uint64_t cache)',
    minerCreate: 'int rxn_miner_create(void *options, void *cpus, void *out)',
    minerConfigure: 'int rxn_miner_configure(uint64_t miner, void *options, void *cpus)',
    minerSetJob: 'int rxn_miner_set_job(uint64_t miner, void *job, void *number)',
    minerPause: 'int rxn_miner_pause(uint64_t miner)',
    minerResume: 'int rxn_miner_resume(uint64_t miner)',
    minerRequestStop: 'int rxn_miner_request_stop(uint64_t miner)',
    minerDestroy: 'int rxn_miner_destroy(uint64_t miner)',
    minerPoll: 'int rxn_miner_poll(uint64_t miner, void *buffer, uint32_t capacity, void *written)',
    minerWait: 'int rxn_miner_wait(uint64_t miner, uint32_t state, uint32_t timeoutMs)',
    statusName: 'const char *rxn_status_name(int status)',
    statusMessage: 'const char *rxn_status_message(int status)',
  } satisfies Record<Exclude<keyof Library, 'sha256' | 'path'>, string>;
  const functions = Object.fromEntries(
    Object.entries(bindings).map(([name, prototype]) => [name, handle.func(prototype)]),
  );
  return { ...(functions as unknown as Omit<Library, 'sha256' | 'path'>), sha256, path };
}
