import { networkInterfaces } from 'node:os';

/** Asked every few seconds, tells when the network is another than at the last look. */
export class NetworkWatch {
  readonly #onMoved: () => void;
  #addresses = readAddresses();

  constructor(onMoved: () => void) {
    this.#onMoved = onMoved;
  }

  look(): void {
    const now = readAddresses();
    const isAnother = hasMoved(this.#addresses, now);
    this.#addresses = now;
    if (isAnother) this.#onMoved();
  }
}

/** The addresses by which this computer reaches others, sorted. */
export function readAddresses(interfaces = networkInterfaces()): readonly string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address)
    .sort();
}

/**
 * Whether connections made before are likely dead: an address by which they may have been made has gone, or there was none
 * before and there is one now. One more address beside the others breaks nothing.
 */
export function hasMoved(before: readonly string[], now: readonly string[]): boolean {
  if (before.length === 0) return now.length > 0;
  return before.some((address) => !now.includes(address));
}
