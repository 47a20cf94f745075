import { setTimeout as delay } from 'node:timers/promises';
import { invalidArgument, toErrorCode } from './errors.ts';
import { call, check, library, readHandle } from './library.ts';
import * as layout from './layout.ts';
import type {
  MinerApi,
  MinerEvent,
  MinerJob,
  MinerOptions,
  MinerPoll,
  MinerSnapshot,
} from './types.ts';
import {
  algorithmNumber,
  modeNumber,
  noncesNumber,
  pagesNumber,
  pathNumber,
  prefetchNumber,
  priorityNumber,
  roundingNumber,
  toRegionPages,
  toState,
} from './vocabulary.ts';

const EVENTS_A_POLL = 256;
const IDLE = 0;
const SHARE = 1;
const KEY_READY = 2;
const RX_2 = algorithmNumber['rx/2'];
const STOP_POLL_MS = 5;

/** Owns hashing threads. Create one, feed it jobs, poll it when it has news, stop it. */
export class Miner implements MinerApi {
  readonly #handle: bigint;
  readonly #buffer: Buffer;
  readonly #written = Buffer.alloc(4);
  readonly #jobNumber = Buffer.alloc(8);
  /** As it was polled last. */
  #state = IDLE;
  /** What `poll` answers once nothing native is left. */
  #last: MinerPoll | undefined;
  #stopped: Promise<void> | undefined;

  private constructor(handle: bigint, threads: number) {
    this.#handle = handle;
    this.#buffer = pollBuffer(threads);
  }

  /** Threads start with the first job. Throws RandomxError: `invalidArgument`, `threadFailed`, `libraryMissing`, … */
  static create(options: MinerOptions): Miner {
    const { encoded, cpus } = encodeOptions(options);
    const out = Buffer.alloc(8);
    check(library().minerCreate(encoded, cpus, out));
    return new Miner(readHandle(out), layout.MAX_THREADS);
  }

  /** Other threads, mode, interleaving, rounding or prefetch while mining; `pages` and `path` stay as they were. */
  configure(options: MinerOptions): void {
    const { encoded, cpus } = encodeOptions(options);
    this.#use();
    check(library().minerConfigure(this.#handle, encoded, cpus));
  }

  setJob(job: MinerJob): number {
    const encoded = encodeJob(job);
    this.#use();
    check(library().minerSetJob(this.#handle, encoded, this.#jobNumber));
    return Number(this.#jobNumber.readBigUInt64LE(0));
  }

  pause(): void {
    this.#use();
    check(library().minerPause(this.#handle));
  }

  resume(): void {
    this.#use();
    check(library().minerResume(this.#handle));
  }

  poll(): MinerPoll {
    if (this.#last !== undefined) {
      const last = this.#last;
      this.#last = { ...last, events: [] };
      return last;
    }
    const buffer = this.#buffer;
    check(library().minerPoll(this.#handle, buffer, buffer.length, this.#written));
    this.#state = buffer.readUInt32LE(layout.snapshot.state);
    const snapshot = readSnapshot(buffer);
    const first = layout.snapshot.size + snapshot.hashesByThread.length * 8;
    const count = buffer.readUInt32LE(layout.snapshot.eventCount);
    const events = Array.from({ length: count }, (_, index) =>
      readEvent(buffer, first + index * layout.event.size),
    );
    return { snapshot, events };
  }

  async news(timeoutMs: number): Promise<void> {
    if (this.#stopped !== undefined) return;
    await call((done) => library().minerWait.async(this.#handle, this.#state, timeoutMs, done));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    check(library().minerRequestStop(this.#handle));
    const events: MinerEvent[] = [];
    let last = this.poll();
    while (last.snapshot.state !== 'stopped' || last.events.length > 0) {
      events.push(...last.events);
      if (last.snapshot.state !== 'stopped') await delay(STOP_POLL_MS);
      last = this.poll();
    }
    this.#last = { snapshot: last.snapshot, events };
    check(library().minerDestroy(this.#handle));
  }

  #use(): void {
    if (this.#stopped !== undefined) check(STOPPING);
  }
}

const STOPPING = -7;

function pollBuffer(threads: number): Buffer {
  return Buffer.alloc(layout.snapshot.size + threads * 8 + EVENTS_A_POLL * layout.event.size);
}

function encodeOptions(options: MinerOptions): { encoded: Buffer; cpus: Buffer } {
  const { cpus, mode, pages = 'auto', interleave = 0, path = 'jit' } = options;
  const isCpu = (cpu: number) => Number.isInteger(cpu) && cpu >= 0 && cpu <= 0xffff;
  if (cpus.length < 1 || cpus.length > layout.MAX_THREADS || !cpus.every(isCpu)) {
    throw invalidArgument('Choose at least one logical CPU by its number.');
  }
  if (!Number.isInteger(interleave) || interleave < 0 || interleave > layout.MAX_INTERLEAVE) {
    throw invalidArgument(`interleave is a number from 0 to ${layout.MAX_INTERLEAVE}.`);
  }
  const encoded = layout.structure(layout.options);
  encoded.writeUInt32LE(modeNumber[mode], layout.options.mode);
  encoded.writeUInt32LE(pagesNumber[pages], layout.options.pages);
  encoded.writeUInt32LE(interleave, layout.options.interleave);
  encoded.writeUInt32LE(pathNumber[path], layout.options.path);
  encoded.writeUInt32LE(priorityNumber[options.priority ?? 'background'], layout.options.priority);
  encoded.writeUInt32LE(roundingNumber[options.rounding ?? 'auto'], layout.options.rounding);
  encoded.writeUInt32LE(cpus.length, layout.options.threadCount);
  encoded.writeUInt32LE(noncesNumber[options.nonces ?? 'ofMiner'], layout.options.nonces);
  encoded.writeUInt32LE(prefetchNumber[options.prefetch ?? 'auto'], layout.options.prefetch);
  const list = Buffer.alloc(cpus.length * 4);
  cpus.forEach((cpu, index) => list.writeUInt32LE(cpu, index * 4));
  return { encoded, cpus: list };
}

function encodeJob(job: MinerJob): Buffer {
  const { blob, key = new Uint8Array(), nextKey = new Uint8Array() } = job;
  const nonceFits =
    Number.isInteger(job.nonceOffset) && job.nonceOffset >= 0 && job.nonceOffset + 4 <= blob.length;
  if (blob.length > layout.MAX_BLOB_BYTES || !nonceFits) {
    throw invalidArgument(
      `A blob has at most ${layout.MAX_BLOB_BYTES} bytes and its nonce lies within it.`,
    );
  }
  if (key.length > layout.MAX_KEY_BYTES || nextKey.length > layout.MAX_KEY_BYTES) {
    throw invalidArgument(`A RandomX key has at most ${layout.MAX_KEY_BYTES} bytes.`);
  }
  if (![0, 1, 2, 3].includes(job.reservedNonceBytes)) {
    throw invalidArgument('reservedNonceBytes is a number from 0 to 3.');
  }
  if (job.target < 0n || job.target >= 1n << 64n) {
    throw invalidArgument('A target is a number of 64 bits.');
  }
  const encoded = layout.structure(layout.job);
  encoded.writeBigUInt64LE(job.target, layout.job.target);
  encoded.writeUInt32LE(algorithmNumber[job.algorithm], layout.job.algorithm);
  encoded.writeUInt32LE(job.nonceOffset, layout.job.nonceOffset);
  encoded.writeUInt32LE(job.reservedNonceBytes, layout.job.reservedNonceBytes);
  encoded.writeUInt32LE(blob.length, layout.job.blobBytes);
  encoded.writeUInt32LE(key.length, layout.job.keyBytes);
  encoded.writeUInt32LE(nextKey.length, layout.job.nextKeyBytes);
  encoded.set(blob, layout.job.blob);
  encoded.set(key, layout.job.key);
  encoded.set(nextKey, layout.job.nextKey);
  return encoded;
}

function readSnapshot(buffer: Buffer): MinerSnapshot {
  const { snapshot } = layout;
  const threads = buffer.readUInt32LE(snapshot.threadCount);
  const name = (offset: number) => layout.readName(buffer, offset, 24);
  return {
    state: toState(buffer.readUInt32LE(snapshot.state)),
    jobNumber: Number(buffer.readBigUInt64LE(snapshot.jobNumber)),
    datasetProgress: buffer.readDoubleLE(snapshot.datasetProgress),
    hashesByThread: Array.from({ length: threads }, (_, index) =>
      Number(buffer.readBigUInt64LE(snapshot.size + index * 8)),
    ),
    pages: {
      dataset: toRegionPages(buffer.readUInt8(snapshot.datasetPages)),
      cache: toRegionPages(buffer.readUInt8(snapshot.cachePages)),
      scratchpads: toRegionPages(buffer.readUInt8(snapshot.scratchpadPages)),
    },
    paths: Object.fromEntries(
      Object.entries({
        program: name(snapshot.programPath),
        aes: name(snapshot.aesPath),
        item: name(snapshot.itemPath),
        dataset: name(snapshot.bulkPath),
      }).filter(([, path]) => path !== ''),
    ),
    interleave: buffer.readUInt32LE(snapshot.interleave),
    nonceSpaceExhausted: buffer.readUInt8(snapshot.nonceSpaceExhausted) !== 0,
    seconds: {
      cache: buffer.readDoubleLE(snapshot.cacheSeconds),
      dataset: buffer.readDoubleLE(snapshot.datasetSeconds),
      firstHash: buffer.readDoubleLE(snapshot.firstHashSeconds),
    },
    droppedEvents: Number(buffer.readBigUInt64LE(snapshot.droppedEvents)),
  };
}

function readEvent(buffer: Buffer, at: number): MinerEvent {
  const { event } = layout;
  const bytes = (offset: number, length: number) =>
    Uint8Array.from(buffer.subarray(at + offset, at + offset + length));
  switch (buffer.readUInt32LE(at + event.type)) {
    case SHARE:
      return {
        type: 'share',
        jobNumber: Number(buffer.readBigUInt64LE(at + event.jobNumber)),
        nonce: bytes(event.nonce, 4),
        result: bytes(event.result, 32),
        ...(buffer.readUInt32LE(at + event.algorithm) === RX_2
          ? { commitment: bytes(event.rawHash, 32) }
          : {}),
      };
    case KEY_READY:
      return {
        type: 'keyReady',
        key: bytes(event.key, buffer.readUInt32LE(at + event.keyBytes)),
        mode: buffer.readUInt32LE(at + event.mode) === modeNumber.fast ? 'fast' : 'light',
      };
    default:
      return {
        type: 'error',
        error: {
          code: toErrorCode(library().statusName(buffer.readInt32LE(at + event.status))),
          message: layout.readName(buffer, at + event.message, 192),
        },
      };
  }
}
