import { z } from 'zod';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { verifySignature } from './minisign.ts';

/** The list that is published with every version, and signed: scripts/release writes it. */
export const RELEASE_FILE = 'release.json';
/** What the signature's trusted comment begins with, so that no other signed file passes for this one. */
export const signedAs = (name: string, version: string): string => `ibctminer ${name} ${version}`;

/** A new signature is made at least that often; an older one may be a replay that hides a newer version. */
const FRESH_FOR_MS = 60 * 24 * 3_600_000;

/** Far beyond any version of the app. */
const MOST_BYTES = 2 ** 30;

const versionText = z.string().regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/);

/** One file that is published beside the list. Its name leads nowhere else. */
const releaseFile = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  bytes: z.int().min(1).max(MOST_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ReleaseFile = z.infer<typeof releaseFile>;

export const release = z.strictObject({
  version: versionText,
  issuedAt: z.iso.datetime(),
  /** What takes the place of an installed app, by its kind of installation and processor: `appImage-x64`. */
  files: z.record(z.string().regex(/^(appImage|nsis|mac)-(x64|arm64)$/), releaseFile),
});
export type Release = z.infer<typeof release>;

/** The list, once its signature was found genuine: nothing is parsed before. */
export function readRelease(
  text: string,
  signature: string,
  keys: readonly string[],
): Result<Release> {
  const comment = verifySignature(Buffer.from(text), signature, keys);
  if (!comment.ok) return comment;
  const parsed = release.safeParse(asJson(text));
  if (!parsed.success || comment.value !== signedAs(RELEASE_FILE, parsed.data.version)) {
    return refused(problem('releaseUnreadable'));
  }
  return success(parsed.data);
}

export function isNewer(version: string, than: string): boolean {
  const numbers = than.split('.').map(Number);
  const difference = version
    .split('.')
    .map((number, place) => Number(number) - (numbers[place] ?? 0))
    .find((by) => by !== 0);
  return (difference ?? 0) > 0;
}

/** Days since the list was signed, when that is too long ago; else null. */
export function staleDays({ issuedAt }: Release, wallMs: number): number | null {
  const ageMs = wallMs - Date.parse(issuedAt);
  return ageMs > FRESH_FOR_MS ? Math.floor(ageMs / 86_400_000) : null;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
