export { cpuReport } from './cpu.ts';
export { RandomxError, type RandomxErrorCode } from './errors.ts';
export { hash, releaseCaches, verify } from './hash.ts';
export { libraryHash, systemLibrary } from './library.ts';
export { Miner } from './miner.ts';
export { pointFor, tune, type TuneOptions, type Tuning, type TuningPoint } from './tune.ts';
export type * from './types.ts';
