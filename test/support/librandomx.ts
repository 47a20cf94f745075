import koffi from 'koffi';

/**
 * Debian's librandomx0, a build of the reference implementation, as an oracle that shares no code
 * with the engine. Its functions: /usr/include/randomx.h of librandomx-dev.
 */
const library = koffi.load('librandomx.so.0');
const getFlags = library.func('int randomx_get_flags()') as () => number;
const allocCache = library.func('void *randomx_alloc_cache(int flags)') as (
  flags: number,
) => unknown;
const initCache = library.func(
  'void randomx_init_cache(void *cache, const uint8_t *key, size_t size)',
) as (cache: unknown, key: Uint8Array, size: number) => void;
const releaseCache = library.func('void randomx_release_cache(void *cache)') as (
  cache: unknown,
) => void;
const createVm = library.func('void *randomx_create_vm(int flags, void *cache, void *dataset)') as (
  flags: number,
  cache: unknown,
  dataset: null,
) => unknown;
const destroyVm = library.func('void randomx_destroy_vm(void *vm)') as (vm: unknown) => void;
const calculateHash = library.func(
  'void randomx_calculate_hash(void *vm, const uint8_t *input, size_t size, _Out_ uint8_t *output)',
) as (vm: unknown, input: Uint8Array, size: number, output: Uint8Array) => void;

/** RandomX in light mode, one key at a time. */
export class ReferenceRandomX {
  readonly #flags = getFlags();
  readonly #cache = allocCache(this.#flags);
  #vm: unknown = null;
  #key = '';

  hash(key: Uint8Array, input: Uint8Array): Uint8Array {
    const name = Buffer.from(key).toString('hex');
    if (name !== this.#key) {
      if (this.#vm !== null) destroyVm(this.#vm);
      initCache(this.#cache, key, key.length);
      this.#vm = createVm(this.#flags, this.#cache, null);
      this.#key = name;
    }
    const output = new Uint8Array(32);
    calculateHash(this.#vm, input, input.length, output);
    return output;
  }

  close(): void {
    if (this.#vm !== null) destroyVm(this.#vm);
    this.#vm = null;
    this.#key = '';
    releaseCache(this.#cache);
  }
}
