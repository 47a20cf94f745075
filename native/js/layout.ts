/**
 * Sizes and offsets of everything that crosses the C ABI (randomx_native.h), in its order: 64-bit little-endian machines
 * lay these structures out alike. Checked against the library's own table when it is loaded.
 */

export const ABI_VERSION = 1;
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
  size: 104,
  features: 0,
  cpuCount: 4,
  memoryTotalBytes: 8,
  memoryAvailableBytes: 16,
  huge2mFreeBytes: 24,
  huge1gFreeBytes: 32,
  name: 40,
} as const;

export const options = {
  size: 28,
  mode: 0,
  pages: 4,
  interleave: 8,
  path: 12,
  priority: 16,
  rounding: 20,
  threadCount: 24,
} as const;

export const job = {
  size: 672,
  target: 0,
  algorithm: 8,
  nonceOffset: 12,
  reservedNonceBytes: 16,
  blobBytes: 20,
  keyBytes: 24,
  nextKeyBytes: 28,
  blob: 32,
  key: 544,
  nextKey: 608,
} as const;

export const snapshot = {
  size: 168,
  state: 0,
  threadCount: 4,
  eventCount: 8,
  interleave: 12,
  jobNumber: 16,
  droppedEvents: 24,
  datasetProgress: 32,
  cacheSeconds: 40,
  datasetSeconds: 48,
  firstHashSeconds: 56,
  datasetPages: 64,
  cachePages: 65,
  scratchpadPages: 66,
  nonceSpaceExhausted: 67,
  programPath: 72,
  aesPath: 96,
  itemPath: 120,
  bulkPath: 144,
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

/** A zero-terminated string in a fixed field. */
export function readName(buffer: Buffer, offset: number, bytes: number): string {
  const field = buffer.subarray(offset, offset + bytes);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? bytes : end);
}
