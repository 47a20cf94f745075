import { RandomxError, invalidArgument } from './errors.ts';
import { call, check, library, readHandle } from './library.ts';
import * as layout from './layout.ts';
import type { HashRequest, HashResult } from './types.ts';
import { algorithmNumber, KEYLESS_MODE, modeNumber, pathNumber } from './vocabulary.ts';

/** Caches kept open, 256 MiB each: a new key epoch overlaps with the old one. */
const MOST_OPEN_CACHES = 2;
const MOST_INPUT_BYTES = 64 * 1024 * 1024;

interface OpenCache {
  readonly name: string;
  readonly handle: bigint;
}

/** Most recently used last. */
const openCaches: OpenCache[] = [];
/** One native call in flight, all others wait behind it. */
let inFlight: Promise<unknown> = Promise.resolve();

/**
 * One hash on libuv's threads: some 20 ms once the key is prepared (half a second for a new key). Calls queue up.
 * Throws RandomxError.
 */
export function hash(request: HashRequest): Promise<HashResult> {
  checkRequest(request);
  return enqueue(() => compute(request));
}

/**
 * Whether `result` is what `hash` finds (rx/2: the commitment) and, with a target, below it: as a pool checks a share.
 * Throws RandomxError when it cannot be computed.
 */
export async function verify(
  request: HashRequest & { readonly result: Uint8Array; readonly target?: bigint },
): Promise<boolean> {
  const { result } = await hash(request);
  if (Buffer.compare(result, request.result) !== 0) return false;
  return request.target === undefined || Buffer.from(result).readBigUInt64LE(24) < request.target;
}

/** Waits for the call in flight and frees all prepared keys (256 MiB each). Call it before the process ends. */
export function releaseCaches(): Promise<void> {
  return enqueue(() => {
    for (const cache of openCaches.splice(0)) check(library().cacheClose(cache.handle));
    return Promise.resolve();
  });
}

function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const turn = inFlight.then(work);
  inFlight = turn.catch(() => undefined);
  return turn;
}

function checkRequest({ key, input }: HashRequest): void {
  if (key !== undefined && key.length > layout.MAX_KEY_BYTES) {
    throw invalidArgument(`A RandomX key has at most ${layout.MAX_KEY_BYTES} bytes.`);
  }
  if (input.length > MOST_INPUT_BYTES) throw invalidArgument('The input is longer than 64 MiB.');
}

async function compute(request: HashRequest): Promise<HashResult> {
  const { algorithm, key = new Uint8Array(), path = 'jit', mode = 'light' } = request;
  const cache =
    algorithm === 'cn/1'
      ? await open(Buffer.alloc(0), path, KEYLESS_MODE)
      : await open(Buffer.from(key), path, modeNumber[mode]);
  const input = Buffer.from(request.input);
  const out = Buffer.alloc(64);
  await call((done) =>
    library().cacheHash.async(
      cache.handle,
      algorithmNumber[algorithm],
      input,
      input.length,
      out,
      done,
    ),
  );
  const raw = Uint8Array.from(out.subarray(0, 32));
  return { hash: raw, result: algorithm === 'rx/2' ? Uint8Array.from(out.subarray(32)) : raw };
}

async function open(key: Buffer, path: 'jit' | 'interpreter', mode: number): Promise<OpenCache> {
  const name = `${path} ${mode} ${key.toString('hex')}`;
  const index = openCaches.findIndex((cache) => cache.name === name);
  const known = openCaches[index];
  if (known !== undefined) {
    openCaches.push(...openCaches.splice(index, 1));
    return known;
  }
  while (openCaches.length >= MOST_OPEN_CACHES) {
    const oldest = openCaches.shift();
    if (oldest !== undefined) check(library().cacheClose(oldest.handle));
  }
  const handle = await openNative(key, path, mode).catch((error: unknown) => {
    // Where the system forbids generated code, the interpreter gives the same hashes, slower.
    if (error instanceof RandomxError && error.code === 'codeMemoryRefused') {
      return openNative(key, 'interpreter', mode);
    }
    throw error;
  });
  const cache = { name, handle };
  openCaches.push(cache);
  return cache;
}

async function openNative(key: Buffer, path: 'jit' | 'interpreter', mode: number): Promise<bigint> {
  const out = Buffer.alloc(8);
  await call((done) =>
    library().cacheOpen.async(key, key.length, pathNumber[path], mode, out, done),
  );
  return readHandle(out);
}
