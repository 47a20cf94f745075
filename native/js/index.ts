export { cpuReport } from './cpu.ts';
export { RandomxError, type RandomxErrorCode } from './errors.ts';
export { hash, releaseCaches, verify } from './hash.ts';
export { libraryHash } from './library.ts';
export { Miner } from './miner.ts';
export type * from './types.ts';
