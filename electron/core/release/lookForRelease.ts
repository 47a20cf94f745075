import type { Result } from '../../contract/result.ts';
import { fetchText } from './fetchText.ts';
import type { OnOpening } from './request.ts';
import { readRelease, RELEASE_FILE, type Release } from './release.ts';

/** Where versions are published, and who signs them. */
export interface Publisher {
  /** A folder: it ends in a slash. */
  readonly address: string;
  readonly keys: readonly string[];
}

/**
 * The publisher of this app. The owner writes both public keys here (docs/RELEASING.md), the present one and the next. A
 * build without keys takes no version for genuine and never asks the server.
 */
export const publisher: Publisher = {
  address: 'https://ibctminer.github.io/releases/',
  keys: [],
};

/** Asks the publisher for the newest version: two small files, and nothing about this computer. */
export async function lookForRelease(
  { address, keys }: Publisher,
  onOpening: OnOpening,
): Promise<Result<Release>> {
  const list = new URL(RELEASE_FILE, address);
  const text = await fetchText(list, onOpening);
  if (!text.ok) return text;
  const signature = await fetchText(new URL(`${RELEASE_FILE}.minisig`, address), onOpening);
  if (!signature.ok) return signature;
  return readRelease(text.value, signature.value, keys);
}
