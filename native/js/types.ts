/** The public vocabulary of randomx-native-prebuilt. */

export type Algorithm = 'rx/0' | 'rx/2' | 'cn/1';
export type Rounding = 'auto' | 'control' | 'embedded';
export type Prefetch = 'auto' | 't0' | 'nta' | 'none';
export type Mode = 'fast' | 'light' | 'auto';
/** Page size asked for; anything but `auto` never falls back. */
export type PagePolicy = 'auto' | '1g' | '2m' | 'thp' | '4k';
/** Page size a region really got. */
export type PageKind = '1g' | '2m' | 'thp' | '4k';
/** `none`: the region is not allocated (no dataset in light mode, say). */
export type RegionPages = PageKind | 'none';

/** One logical CPU; numbers are the operating system's. */
export interface LogicalCpu {
  readonly id: number;
  /** Equal for SMT siblings. */
  readonly core: number;
  readonly package: number;
  readonly numaNode: number;
  /** Equal for CPUs that share their last level cache. */
  readonly l3Group: number;
  /** 0: first logical CPU of its core. */
  readonly smtIndex: number;
  /** Size of the cache instance this CPU uses, shared or not; 0: unknown. */
  readonly l2Bytes: number;
  readonly l3Bytes: number;
  readonly kind: 'uniform' | 'performance' | 'efficiency';
  /** In this process's affinity mask. */
  readonly allowed: boolean;
  /** Part of the set of hashing threads that pays (2 MiB of last level cache each). */
  readonly recommended: boolean;
}

export interface CpuReport {
  readonly name: string;
  readonly features: readonly CpuFeature[];
  /** Ascending ids. */
  readonly cpus: readonly LogicalCpu[];
  /** Ids of the recommended hashing threads, the most worthwhile first. */
  readonly recommendedCpus: readonly number[];
  readonly memory: {
    readonly totalBytes: number;
    /** What the system and the control group still give. */
    readonly availableBytes: number;
    readonly huge2mFreeBytes: number;
    readonly huge1gFreeBytes: number;
  };
}
export type CpuFeature = 'aes' | 'ssse3' | 'avx2' | 'avx512' | 'vaes' | 'bmi2';

export interface MinerOptions {
  /** Logical CPU numbers, one hashing thread each. */
  readonly cpus: readonly number[];
  /** `auto`: fast when about 3 GiB are free. */
  readonly mode: Mode;
  readonly pages?: PagePolicy;
  /** Virtual machines interleaved in one thread, 1 to 4; 0 or absent: the engine's choice. */
  readonly interleave?: number;
  /**
   * How programs change the rounding mode: by the control register or in the instructions (AVX-512, rx/0 in fast mode; where
   * that cannot be, it is not done). Default `auto`: what was measured to be faster on this kind of CPU.
   */
  readonly rounding?: Rounding;
  /**
   * By which instruction fast mode calls dataset lines ahead of time (x86-64): `prefetcht0`, `prefetchnta`, or none, which is
   * for measuring only. Default `auto`: by the processor's maker.
   */
  readonly prefetch?: Prefetch;
  /** `interpreter`: portable code only; for tests and systems that forbid generated code. Default `jit`. */
  readonly path?: 'jit' | 'interpreter';
  /** `background` (default): hashing threads run only when nothing else wants the CPU. */
  readonly priority?: 'background' | 'normal';
  /**
   * Where the nonces of a blob begin: at 0 (`ofMiner`, default), or where the miners of this process before and beside this
   * one that say so too have left them, so that none is tried twice. Counts at creation only.
   */
  readonly nonces?: 'ofMiner' | 'ofProcess';
}

export interface MinerJob {
  readonly algorithm: Algorithm;
  readonly blob: Uint8Array;
  readonly nonceOffset: number;
  /** Most significant nonce bytes that must stay as they are in `blob`. */
  readonly reservedNonceBytes: number;
  /** Share iff LE u64 of hash bytes 24..31 < target. */
  readonly target: bigint;
  /** RandomX key, up to 60 bytes (Monero: the 32-byte seed hash). Absent for cn/1. */
  readonly key?: Uint8Array;
  readonly nextKey?: Uint8Array;
}

export type MinerState =
  | 'idle' // no job yet
  | 'preparing' // no hash possible yet: cache being filled
  | 'light' // hashing in light mode (dataset may be in the making)
  | 'fast' // hashing with the dataset
  | 'paused'
  | 'stopping'
  | 'stopped'
  | 'failed';

export interface MinerSnapshot {
  readonly state: MinerState;
  /** Number returned by `setJob` of the job the threads look at. */
  readonly jobNumber: number;
  /** 0 to 1: the dataset of the current key. */
  readonly datasetProgress: number;
  /** Hashes finished since creation, one counter a thread, in the order of `cpus`. Never decreases. */
  readonly hashesByThread: readonly number[];
  readonly pages: {
    readonly dataset: RegionPages;
    readonly cache: RegionPages;
    readonly scratchpads: RegionPages;
  };
  /** Code paths chosen at run time, for people: `{ program: 'jit-x86-64', aes: 'vaes512', dataset: 'avx2', … }`. */
  readonly paths: Readonly<Record<string, string>>;
  readonly interleave: number;
  /** All nonces of the job are used up; a new job is needed. */
  readonly nonceSpaceExhausted: boolean;
  /** Durations measured by the engine; 0: not yet. */
  readonly seconds: {
    /** Last cache fill. */
    readonly cache: number;
    /** Last complete dataset build. */
    readonly dataset: number;
    /** From the first job to the first finished hash. */
    readonly firstHash: number;
  };
  /** Events lost because nobody polled. */
  readonly droppedEvents: number;
}

export type MinerEvent =
  | {
      readonly type: 'share';
      readonly jobNumber: number;
      /** Four bytes as in the blob. */
      readonly nonce: Uint8Array;
      /** What was compared with the target (rx/2: the commitment). */
      readonly result: Uint8Array;
      /** rx/2 only: the raw hash. */
      readonly commitment?: Uint8Array;
    }
  | { readonly type: 'keyReady'; readonly key: Uint8Array; readonly mode: 'light' | 'fast' }
  | { readonly type: 'error'; readonly error: { readonly code: string; readonly message: string } };

export interface MinerPoll {
  readonly snapshot: MinerSnapshot;
  readonly events: readonly MinerEvent[];
}

/** Owns the hashing threads of this process. Create one, feed it jobs, poll it when it has news, stop it. */
export interface MinerApi {
  /** Other threads, mode, interleaving, rounding or prefetch while mining; pages and path stay as they were. */
  configure(options: MinerOptions): void;
  /** Takes effect after at most the hashes in flight; the newest job wins. Returns its job number. */
  setJob(job: MinerJob): number;
  pause(): void;
  resume(): void;
  /** Never blocks for longer than a copy. */
  poll(): MinerPoll;
  /**
   * Resolves when `poll` would tell an event or another state than it told last, and in any case after `timeoutMs` or once
   * `stop` was called. Takes one of libuv's threads meanwhile.
   */
  news(timeoutMs: number): Promise<void>;
  /**
   * Threads end, memory is freed. Idempotent; resolves when nothing of the miner is left. One more `poll` gives what was
   * found until then.
   */
  stop(): Promise<void>;
}

export interface HashRequest {
  readonly algorithm: Algorithm;
  /** RandomX key, up to 60 bytes; not used by cn/1. */
  readonly key?: Uint8Array;
  readonly input: Uint8Array;
  /** Default `jit`. */
  readonly path?: 'jit' | 'interpreter';
  /** Default `light`. `fast` builds the whole dataset for the key first: 2.1 GiB and many seconds. */
  readonly mode?: 'light' | 'fast';
}

export interface HashResult {
  /** The algorithm's 32-byte hash. */
  readonly hash: Uint8Array;
  /** What is compared with a target: the hash; rx/2: the commitment to input and hash. */
  readonly result: Uint8Array;
}
