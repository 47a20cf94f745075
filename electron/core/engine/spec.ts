/** How it is to be hashed, as plain data: what settings and arguments become. */
export interface EngineSpec {
  /** A part of those that pay (core/system/threads.ts), or so many. */
  readonly threads: 'quiet' | 'balanced' | 'full' | { readonly count: number };
  /** `auto`: fast where the memory for it is free. */
  readonly mode: 'auto' | 'fast' | 'light';
}
