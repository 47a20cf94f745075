import { clipboard } from 'electron';

/**
 * The only file that knows differences between Electron lines: 45 is pinned and shipped; 33 is what
 * development and tests fall back to where the official binary cannot be had.
 */

/** Lines that get security fixes; the fallback is none of them and must never be shipped. */
const SUPPORTED_LINES: readonly number[] = [43, 44, 45];

export function isSupportedLine(version: string = process.versions.electron): boolean {
  return SUPPORTED_LINES.includes(Number(version.split('.')[0]));
}

/** Promise-based since Electron 44, synchronous before: both end here. */
export async function writeClipboard(text: string): Promise<void> {
  await Promise.resolve(clipboard.writeText(text));
}
