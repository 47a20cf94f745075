import { z } from 'zod';
import { problem, type Problem } from '../../../contract/problem.ts';
import { refused, success, type Result } from '../../../contract/result.ts';
import { firstBlockVersion, NONCE_BYTES, NONCE_OFFSET, type Algorithm, type Job } from '../job.ts';
import { difficultyOf, parseTarget } from '../target.ts';
import { fitsAnyPool } from './framing.ts';
import { printable } from './printable.ts';

/** Reads a pool's job, from a login answer or a push, into ours. */

export interface JobRules {
  /** Only this one is taken; without it, every one that we know. */
  readonly algorithm: Algorithm | undefined;
  /** The pool owns the nonce's last byte even where the blob does not show it. */
  readonly reservesNonce: boolean;
}

/**
 * `malformed`: broken text, as if it had not come. `unminable`: a real job that replaces the one
 * before, but that cannot be mined here.
 */
export type ParsedJob =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'unminable'; readonly error: Problem }
  | { readonly kind: 'malformed'; readonly error: Problem };

const MIN_BLOB_BYTES = NONCE_OFFSET + NONCE_BYTES;
const MAX_BLOB_BYTES = 407;

const bytes = (min: number, max: number) =>
  z
    .string()
    .max(max * 2)
    .regex(/^(?:[0-9a-f]{2})*$/i)
    .transform((hex): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex')))
    .refine((value) => value.length >= min);

const hash = bytes(32, 32);
const absent = z.union([z.null(), z.literal('')]).transform(() => undefined);

const rawJob = z.object({
  blob: bytes(MIN_BLOB_BYTES, MAX_BLOB_BYTES),
  job_id: z.union([z.string(), z.number().int().transform(String)]),
  target: z
    .string()
    .transform(parseTarget)
    .refine((target) => target !== undefined),
  algo: z.union([absent, z.string()]).optional(),
  seed_hash: z.union([absent, hash]).optional(),
  next_seed_hash: hash.optional().catch(undefined),
  height: z.number().int().nonnegative().optional().catch(undefined),
});
type RawJob = z.infer<typeof rawJob>;

export function parseJob(params: unknown, rules: JobRules): ParsedJob {
  const parsed = rawJob.safeParse(params);
  if (!parsed.success) {
    const member = parsed.error.issues[0]?.path[0] ?? 'params';
    return { kind: 'malformed', error: problem('jobMalformed', { member: String(member) }) };
  }
  const raw = parsed.data;
  if (!fitsAnyPool(raw.job_id)) return { kind: 'unminable', error: problem('jobIdTooLong') };
  const algorithm = chooseAlgorithm(raw, rules.algorithm);
  if (!algorithm.ok) return { kind: 'unminable', error: algorithm.error };
  return { kind: 'job', job: toJob(raw, algorithm.value, rules) };
}

function toJob(raw: RawJob, algorithm: Algorithm, rules: JobRules): Job {
  const nonce = raw.blob.subarray(NONCE_OFFSET, NONCE_OFFSET + NONCE_BYTES);
  const reserved = rules.reservesNonce || nonce.some((byte) => byte !== 0);
  return {
    jobId: raw.job_id,
    algorithm,
    blob: raw.blob,
    nonceOffset: NONCE_OFFSET,
    reservedNonceBytes: reserved ? 1 : 0,
    target: raw.target,
    difficulty: difficultyOf(raw.target),
    ...(raw.height !== undefined && { height: raw.height }),
    ...(algorithm !== 'cn/1' && raw.seed_hash && { seedHash: raw.seed_hash }),
    ...(algorithm !== 'cn/1' && raw.next_seed_hash && { nextSeedHash: raw.next_seed_hash }),
  };
}

/** Names that pools use, in lower case. */
const aliases: ReadonlyMap<string, Algorithm> = new Map([
  ['rx/0', 'rx/0'],
  ['rx', 'rx/0'],
  ['rx/test', 'rx/0'],
  ['randomx', 'rx/0'],
  ['randomx/0', 'rx/0'],
  ['rx/2', 'rx/2'],
  ['rx/v2', 'rx/2'],
  ['randomx/2', 'rx/2'],
  ['randomx/v2', 'rx/2'],
  ['cn/1', 'cn/1'],
  ['cryptonight/1', 'cn/1'],
]);

function chooseAlgorithm(raw: RawJob, wanted: Algorithm | undefined): Result<Algorithm> {
  const chosen = raw.algo === undefined ? algorithmByBlob(raw) : algorithmByName(raw.algo);
  if (!chosen.ok) return chosen;
  const algorithm = chosen.value;
  if (wanted !== undefined && algorithm !== wanted) {
    return refused(problem('algorithmNotWanted', { algorithm, wanted }));
  }
  if (algorithm !== 'cn/1' && raw.seed_hash === undefined) {
    return refused(problem('seedHashMissing'));
  }
  return chosen;
}

/** Which algorithm a pool, or a file that names pools, means; undefined when none of ours. */
export function algorithmCalled(name: string): Algorithm | undefined {
  return aliases.get(name.toLowerCase());
}

function algorithmByName(name: string): Result<Algorithm> {
  const algorithm = algorithmCalled(name);
  if (algorithm !== undefined) return success(algorithm);
  return refused(problem('algorithmUnknown', { said: printable(name) }));
}

/** Versions from here on take two bytes, and the nonce would lie elsewhere. */
const FIRST_LONG_VERSION = 128;

/** What a job without a name for its algorithm means. */
function algorithmByBlob(raw: RawJob): Result<Algorithm> {
  const version = raw.blob[0] ?? 0;
  if (version >= FIRST_LONG_VERSION) return refused(problem('blockLayoutUnknown'));
  if (version >= firstBlockVersion['rx/2']) return success('rx/2');
  if (raw.seed_hash !== undefined || version >= firstBlockVersion['rx/0']) return success('rx/0');
  if (version === firstBlockVersion['cn/1']) return success('cn/1');
  return refused(problem('blockVersionUnknown', { version: String(version) }));
}
