import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseJob, type JobRules } from '../../../../electron/core/work/stratum/parseJob.ts';
import { firstJob, secondJob } from '../../../support/stratum/exchange.ts';
import { said } from '../../../support/said.ts';

// Properties are quick, but the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const rules: JobRules = { algorithm: undefined, reservesNonce: false };
const seed = 'ab'.repeat(32);
const rx = {
  ...firstJob,
  blob: `1010${firstJob.blob.slice(4)}`,
  seed_hash: seed,
  algo: 'rx/0',
  height: 3_000_000,
};

function jobOf(params: unknown, changed: Partial<JobRules> = {}) {
  const parsed = parseJob(params, { ...rules, ...changed });
  if (parsed.kind !== 'job') throw new Error(said(parsed.error));
  return parsed.job;
}

function codeOf(params: unknown, changed: Partial<JobRules> = {}): string {
  const parsed = parseJob(params, { ...rules, ...changed });
  return parsed.kind === 'job' ? 'job' : `${parsed.kind}: ${parsed.error.code}`;
}

describe('job', () => {
  it('of the documented exchange is CryptoNight variant 1 at difficulty 10000', () => {
    expect(jobOf(secondJob)).toEqual({
      jobId: '4BiGm3/RgGQzgkTI/xV0smdA+EGZ',
      algorithm: 'cn/1',
      blob: Uint8Array.from(Buffer.from(secondJob.blob, 'hex')),
      nonceOffset: 39,
      reservedNonceBytes: 0,
      target: 1844674407370955n,
      difficulty: 10_000n,
      height: 0,
    });
  });

  it('of today is RandomX with its seed hashes', () => {
    const job = jobOf({ ...rx, next_seed_hash: 'cd'.repeat(32) });
    expect(job.algorithm).toBe('rx/0');
    expect(job.seedHash).toEqual(new Uint8Array(32).fill(0xab));
    expect(job.nextSeedHash).toEqual(new Uint8Array(32).fill(0xcd));
    expect(job.height).toBe(3_000_000);
    for (const hint of ['', null, 'cd', 5]) {
      expect(jobOf({ ...rx, next_seed_hash: hint })).not.toHaveProperty('nextSeedHash');
    }
  });

  it.each(['rx/0', 'RX/0', 'randomx/0', 'RandomX', 'rx', 'rx/test', null, '', undefined])(
    'algo %s with a seed hash is rx/0',
    (algo) => {
      expect(jobOf({ ...rx, algo }).algorithm).toBe('rx/0');
    },
  );

  it('without algo goes by seed hash, then by major version', () => {
    const versioned = (version: string, rest = {}) => ({
      ...firstJob,
      blob: version + firstJob.blob.slice(2),
      ...rest,
    });
    expect(jobOf(versioned('07', { seed_hash: seed })).algorithm).toBe('rx/0');
    expect(jobOf(versioned('07', { seed_hash: '' })).algorithm).toBe('cn/1');
    expect(codeOf(versioned('0c'))).toBe('unminable: seedHashMissing');
    expect(codeOf(versioned('10'))).toBe('unminable: seedHashMissing');
    expect(codeOf(versioned('08'))).toBe('unminable: blockVersionUnknown');
    expect(codeOf(versioned('06'))).toBe('unminable: blockVersionUnknown');
    expect(jobOf(versioned('11', { seed_hash: seed })).algorithm).toBe('rx/2');
    expect(jobOf(versioned('12', { seed_hash: seed })).algorithm).toBe('rx/2');
    expect(codeOf(versioned('11'))).toBe('unminable: seedHashMissing');
    expect(codeOf(versioned('90', { seed_hash: seed }))).toBe('unminable: blockLayoutUnknown');
  });

  it.each([
    [{ ...rx, algo: 'rx/999' }, 'unminable: algorithmUnknown'],
    [{ ...rx, algo: 'cn/r' }, 'unminable: algorithmUnknown'],
    [{ ...rx, algo: 'constructor' }, 'unminable: algorithmUnknown'],
    [{ ...rx, seed_hash: undefined }, 'unminable: seedHashMissing'],
    [{ ...rx, seed_hash: null }, 'unminable: seedHashMissing'],
    [{ ...rx, seed_hash: '' }, 'unminable: seedHashMissing'],
    [{ ...rx, seed_hash: 'abcd' }, 'malformed: jobMalformed'],
    [{ ...rx, seed_hash: 'zz'.repeat(32) }, 'malformed: jobMalformed'],
    [{ ...rx, seed_hash: 5 }, 'malformed: jobMalformed'],
    [{ ...rx, algo: 5 }, 'malformed: jobMalformed'],
    [{ ...rx, job_id: undefined }, 'malformed: jobMalformed'],
    [{ ...rx, job_id: null }, 'malformed: jobMalformed'],
    [{ ...rx, job_id: {} }, 'malformed: jobMalformed'],
    [{ ...rx, job_id: 'x'.repeat(3000) }, 'unminable: jobIdTooLong'],
    [null, 'malformed: jobMalformed'],
    [undefined, 'malformed: jobMalformed'],
    [[], 'malformed: jobMalformed'],
    ['job', 'malformed: jobMalformed'],
  ])('is refused: %j', (params, code) => {
    expect(codeOf(params)).toBe(code);
  });

  it.each([
    `${rx.blob}0`,
    `${rx.blob}zz`,
    '00'.repeat(42),
    '00'.repeat(408),
    '',
    5,
    null,
    undefined,
  ])('is refused with the blob %s', (blob) => {
    expect(codeOf({ ...rx, blob })).toBe('malformed: jobMalformed');
  });

  it.each(['00000000', 'b88', 'b88d06000000', 'ff'.repeat(32), 'zzzzzzzz', 5, null, undefined])(
    'is refused with the target %s',
    (target) => {
      expect(codeOf({ ...rx, target })).toBe('malformed: jobMalformed');
    },
  );

  it('is taken with blobs of 43 to 407 bytes, in upper case, with odd heights and job ids', () => {
    expect(jobOf({ ...rx, blob: '10'.repeat(43) }).blob).toHaveLength(43);
    expect(jobOf({ ...rx, blob: '10'.repeat(407) }).blob).toHaveLength(407);
    expect(jobOf({ ...rx, blob: rx.blob.toUpperCase() }).blob).toEqual(jobOf(rx).blob);
    for (const height of [undefined, '12', 1.5, -1, null]) {
      expect(jobOf({ ...rx, height })).not.toHaveProperty('height');
    }
    expect(jobOf({ ...rx, job_id: 7 }).jobId).toBe('7');
    expect(jobOf({ ...rx, job_id: '' }).jobId).toBe('');
  });

  it('leaves the last nonce byte to the pool when the blob or the pool says so', () => {
    const withNonce = (nonce: string) => rx.blob.slice(0, 78) + nonce + rx.blob.slice(86);
    expect(jobOf(rx).reservedNonceBytes).toBe(0);
    expect(jobOf(rx, { reservesNonce: true }).reservedNonceBytes).toBe(1);
    expect(jobOf({ ...rx, blob: withNonce('0000005a') }).reservedNonceBytes).toBe(1);
    expect(jobOf({ ...rx, blob: withNonce('01000000') }).reservedNonceBytes).toBe(1);
  });

  it('is unminable, not an error, when another algorithm is asked for', () => {
    expect(codeOf(secondJob, { algorithm: 'rx/0' })).toBe('unminable: algorithmNotWanted');
    expect(codeOf({ ...rx, algo: 'rx/2' })).toBe('job');
    expect(codeOf({ ...rx, algo: 'rx/2' }, { algorithm: 'rx/2' })).toBe('job');
  });

  it('never comes out of anything with a broken blob, target or seed', () => {
    const any = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(rx)));
    const params = fc.record(
      { blob: any, job_id: any, target: any, algo: any, height: any, seed_hash: any },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(params, (params) => {
        const parsed = parseJob(params, rules);
        if (parsed.kind !== 'job') return;
        const { job } = parsed;
        expect(job.blob.length).toBeGreaterThanOrEqual(43);
        expect(job.target).toBeGreaterThan(0n);
        expect(job.seedHash?.length).toBe(job.algorithm === 'cn/1' ? undefined : 32);
      }),
      { numRuns: 500 },
    );
  });
});
