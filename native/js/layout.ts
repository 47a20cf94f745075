/**
 * Sizes and offsets of everything that crosses the C ABI (randomx_native.h), in its order: 64-bit little-endian machines
 * lay these structures out alike. Checked against the library's own table when it is loaded.
 */

export const ABI_VERSION = 2;
export const MAX_BLOB_BYTES = 512;
export const MAX_KEY_BYTES = 60;
export const MAX_THREADS = 1024;
export const MAX_INTERLEAVE = 4;

export const logicalCpu = {
  size: 48,
  id: 0,
  core: 4,
  package: 8,
  numaNode: 12,
  l3Group: 16,
  smtIndex: 20,
  l2Bytes: 24,
  l3Bytes: 32,
  coreKind: 40,
  allowed: 41,
  recommended: 42,
} as const;

export const cpuReport = {
  size: 112,
  structSize: 0,
  cpuStructSize: 4,
  features: 8,
  cpuCount: 12,
  memoryTotalBytes: 16,
  memoryAvailableBytes: 24,
  huge2mFreeBytes: 32,
  huge1gFreeBytes: 40,
  name: 48,
} as const;

export const options = {
  size: 40,
  structSize: 0,
  mode: 4,
  pages: 8,
  interleave: 12,
  path: 16,
  priority: 20,
  rounding: 24,
  threadCount: 28,
  nonces: 32,
  prefetch: 36,
} as const;

export const job = {
  size: 680,
  structSize: 0,
  algorithm: 4,
  target: 8,
  nonceOffset: 16,
  reservedNonceBytes: 20,
  blobBytes: 24,
  keyBytes: 28,
  nextKeyBytes: 32,
  blob: 40,
  key: 552,
  nextKey: 616,
} as const;

export const snapshot = {
  size: 176,
  structSize: 0,
  eventSize: 4,
  state: 8,
  threadCount: 12,
  eventCount: 16,
  interleave: 20,
  jobNumber: 24,
  droppedEvents: 32,
  datasetProgress: 40,
  cacheSeconds: 48,
  datasetSeconds: 56,
  firstHashSeconds: 64,
  datasetPages: 72,
  cachePages: 73,
  scratchpadPages: 74,
  nonceSpaceExhausted: 75,
  programPath: 80,
  aesPath: 104,
  itemPath: 128,
  bulkPath: 152,
} as const;

export const event = {
  size: 352,
  jobNumber: 0,
  type: 8,
  status: 12,
  keyBytes: 16,
  mode: 20,
  algorithm: 24,
  nonce: 28,
  result: 32,
  rawHash: 64,
  key: 96,
  message: 160,
} as const;

/** The table as `rxn_abi_layout` writes it. */
export const abiLayout: readonly number[] = [
  logicalCpu,
  cpuReport,
  options,
  job,
  snapshot,
  event,
].flatMap((structure) => Object.values(structure));

/** An empty structure that says how much of it we know. */
export function structure(layout: { readonly size: number; readonly structSize: number }): Buffer {
  const buffer = Buffer.alloc(layout.size);
  buffer.writeUInt32LE(layout.size, layout.structSize);
  return buffer;
}

/** A zero-terminated string in a fixed field. */
export function readName(buffer: Buffer, offset: number, bytes: number): string {
  const field = buffer.subarray(offset, offset + bytes);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? bytes : end);
}
