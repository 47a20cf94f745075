/** Names of the engine's error codes (randomx_native.h), and those of loading it. */
export type RandomxErrorCode =
  | 'invalidArgument'
  | 'unsupportedAlgorithm'
  | 'outOfMemory'
  | 'pagesUnavailable'
  | 'codeMemoryRefused'
  | 'notStopped'
  | 'stopping'
  | 'bufferTooSmall'
  | 'selfTestFailed'
  | 'threadFailed'
  | 'wrongShare'
  | 'cpuUnsupported'
  | 'internal'
  | 'staleHandle'
  | 'shareUnchecked'
  | 'keyWaits'
  | 'fewerThreads'
  | 'unknown'
  /** No library for this platform where one is looked for. */
  | 'libraryMissing'
  /** The library is not the one this package was built with. */
  | 'libraryMismatch';

/** Thrown by every call of this package; `message` is one sentence for people. */
export class RandomxError extends Error {
  readonly code: RandomxErrorCode;

  constructor(code: RandomxErrorCode, message: string) {
    super(message);
    this.name = 'RandomxError';
    this.code = code;
  }
}

const codes: ReadonlySet<string> = new Set<RandomxErrorCode>([
  'invalidArgument',
  'unsupportedAlgorithm',
  'outOfMemory',
  'pagesUnavailable',
  'codeMemoryRefused',
  'notStopped',
  'stopping',
  'bufferTooSmall',
  'selfTestFailed',
  'threadFailed',
  'wrongShare',
  'cpuUnsupported',
  'internal',
  'staleHandle',
  'shareUnchecked',
  'keyWaits',
  'fewerThreads',
]);

/** What the library calls its status, as a code of ours. */
export function toErrorCode(name: string): RandomxErrorCode {
  return codes.has(name) ? (name as RandomxErrorCode) : 'unknown';
}

export function invalidArgument(message: string): RandomxError {
  return new RandomxError('invalidArgument', message);
}
