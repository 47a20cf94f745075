import { libraryFor } from '../build-native.mjs';
import { sha256 } from '../release/sums.mjs';
import { path } from '../support/paths.mjs';

/** koffi's one file for a target such as `linux-x64`, from the project's root; musl and other systems have others. */
export function koffiBinary(target) {
  return `node_modules/@koromix/koffi-${target}/${target.replace('-', '_')}/koffi.node`;
}

/** What the engine's loader compares before it loads anything: SHA-256 of the engine and of koffi's binary. */
export function libraryHashes(target) {
  return {
    [target]: sha256(libraryFor(target).path),
    [`koffi-${target}`]: sha256(path(koffiBinary(target))),
  };
}
