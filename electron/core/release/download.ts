import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { problem, type Problem } from '../../contract/problem.ts';
import { reasonOf } from '../settings/files.ts';
import { get, type OnOpening } from './request.ts';
import type { ReleaseFile } from './release.ts';

const PATIENCE_MS = 20_000;

/** What a file must be. */
export type Listed = Pick<ReleaseFile, 'bytes' | 'sha256'>;

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** `bytes`: so many are on the disk. */
  readonly onProgress: (bytes: number) => void;
  readonly onOpening: OnOpening;
}

/**
 * Brings a file of one server to `file`, where it appears whole and as listed, or not at all. What was interrupted lies in
 * `FILE.part`, and is gone on with; what is not as listed is deleted. Sends nothing but the request line, the host and the
 * place to go on from; follows no redirect.
 */
export async function download(
  url: URL,
  listed: Listed,
  file: string,
  options: DownloadOptions,
): Promise<Problem | null> {
  const part = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (sizeOf(part) < listed.bytes) await fetchRest(url, listed, part, options);
    const isGood = await isAsListed(part, listed);
    if (isGood) renameSync(part, file);
    else rmSync(part);
    return isGood ? null : problem('updateChanged');
  } catch (error) {
    const reason = reasonOf(error);
    if (reason.code !== 'systemSaid') return reason;
    const said = error instanceof Error ? error.message : String(error);
    return problem('releaseServer', { host: url.host, reason: said });
  }
}

/** Reads all of it: a good name or size says nothing. */
export async function isAsListed(file: string, { bytes, sha256 }: Listed): Promise<boolean> {
  if (sizeOf(file) !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === sha256;
}

/** Stops at once when there is more than was listed: nothing that follows would make it good. */
async function fetchRest(url: URL, { bytes }: Listed, part: string, options: DownloadOptions) {
  const { onProgress } = options;
  const had = sizeOf(part);
  const response = await ask(url, had, options);
  const goesOn = response.statusCode === 206 && rangeOf(response).startsWith(`bytes ${had}-`);
  let have = goesOn ? had : 0;
  const handle = await open(part, goesOn ? 'a' : 'w', 0o600);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      await handle.writeFile(chunk);
      have += chunk.length;
      onProgress(have);
      if (have > bytes) break;
    }
  } finally {
    await handle.close();
  }
}

function ask(
  url: URL,
  from: number,
  { signal, onOpening }: DownloadOptions,
): Promise<IncomingMessage> {
  const headers = from > 0 ? { range: `bytes=${from}-` } : {};
  return new Promise((resolve, reject) => {
    const asked = get(url, onOpening, { headers, signal, timeout: PATIENCE_MS });
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', reject);
    asked.on('response', (response) => {
      const { statusCode } = response;
      if (statusCode === 200 || (statusCode === 206 && from > 0)) resolve(response);
      else asked.destroy(new Error(`HTTP ${String(statusCode)}`));
    });
    asked.end();
  });
}

const rangeOf = (response: IncomingMessage) => response.headers['content-range'] ?? '';

/** 0: there is none. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
