import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookForRelease, publisher } from '../../../electron/core/release/lookForRelease.ts';
import {
  isNewer,
  readRelease,
  staleDays,
  type Release,
} from '../../../electron/core/release/release.ts';
import { TestSigner } from '../../support/minisign.ts';

const signer = new TestSigner();
const newest: Release = {
  version: '1.1.0',
  issuedAt: '2026-11-26T00:00:00Z',
  files: { 'appImage-x64': { name: 'ibctminer.AppImage', bytes: 9, sha256: '0'.repeat(64) } },
};
const text = JSON.stringify(newest);
const signature = signer.sign(text, 'ibctminer release.json 1.1.0');
const code = (result: ReturnType<typeof readRelease>) => (result.ok ? 'ok' : result.error.code);

describe('the list of a release', () => {
  test('is read once its signature is genuine', () => {
    expect(readRelease(text, signature, [signer.publicKey])).toEqual({ ok: true, value: newest });
  });

  test('is refused when it, its signature or the key is another', () => {
    const keys = [signer.publicKey];
    expect(code(readRelease(text.replace('1.1.0', '1.2.0'), signature, keys))).toBe(
      'signatureWrong',
    );
    expect(code(readRelease(text, 'nothing', keys))).toBe('signatureUnreadable');
    expect(code(readRelease(text, signature, [new TestSigner().publicKey]))).toBe(
      'signatureForeign',
    );
  });

  test('is refused when something else of ours was signed, or the list of another version', () => {
    for (const comment of ['ibctminer SHA256SUMS 1.1.0', 'ibctminer release.json 1.0.0', '']) {
      const signed = signer.sign(text, comment);
      expect(code(readRelease(text, signed, [signer.publicKey])), comment).toBe(
        'releaseUnreadable',
      );
    }
  });

  test.each([
    ['no JSON', 'version: 1.1.0'],
    ['a version that is none', text.replace('"1.1.0"', '"1.1"')],
    ['no date', text.replace('2026-11-26T00:00:00Z', 'today')],
    ['more than it should', text.replace('{', '{"run":"this",')],
    ['a file that lies elsewhere', text.replace('ibctminer.App', 'https://evil.example/App')],
    ['a file above its folder', text.replace('ibctminer.App', '../App')],
    ['a file for nothing known', text.replace('appImage-x64', 'deb-x64')],
    ['a file of no length', text.replace('"bytes":9', '"bytes":0')],
    ['a file without its sum', text.replace('0'.repeat(64), '')],
  ])('is refused with %s, although it is signed', (_what, wrong) => {
    const signed = signer.sign(wrong, 'ibctminer release.json 1.1.0');
    expect(code(readRelease(wrong, signed, [signer.publicKey]))).toBe('releaseUnreadable');
  });

  test('is stale when it was signed more than sixty days ago', () => {
    const at = (day: string) => staleDays(newest, Date.parse(day));
    expect(at('2027-01-25T00:00:00Z')).toBeNull();
    expect(at('2027-01-26T00:00:00Z')).toBe(61);
    expect(at('2026-01-01T00:00:00Z')).toBeNull();
  });
});

test('a version is newer by its numbers, and never when it is the same or older', () => {
  expect(['1.0.1', '1.1.0', '1.10.0', '2.0.0'].filter((one) => !isNewer(one, '1.0.0'))).toEqual([]);
  expect(['1.9.0', '1.2.9', '0.99.0', '1.10.0'].filter((one) => isNewer(one, '1.10.0'))).toEqual(
    [],
  );
});

describe('looking for a release', () => {
  let answers: Record<string, { status: number; body: string }>;
  let seen: { url: string | undefined; headers: IncomingHttpHeaders }[];
  let address: string;
  const server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    const { status, body } = answers[request.url ?? ''] ?? { status: 404, body: '' };
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
  });

  beforeEach(async () => {
    seen = [];
    answers = {
      '/releases/release.json': { status: 200, body: text },
      '/releases/release.json.minisig': { status: 200, body: signature },
    };
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/releases/`;
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  const look = (keys = [signer.publicKey]) => lookForRelease({ address, keys }, () => undefined);

  test('finds it with two requests that say nothing about this computer', async () => {
    expect(await look()).toEqual({ ok: true, value: newest });
    expect(seen.map(({ url }) => url)).toEqual([
      '/releases/release.json',
      '/releases/release.json.minisig',
    ]);
    for (const { headers } of seen) {
      expect(Object.keys(headers).sort()).toEqual(['connection', 'host']);
    }
  });

  test.each([
    ['refuses', 403],
    ['is broken', 500],
    ['points elsewhere', 302],
  ])('ends in one sentence when the server %s', async (_what, status) => {
    answers['/releases/release.json.minisig'] = { status, body: signature };
    expect(await look()).toMatchObject({
      ok: false,
      error: { code: 'releaseServer', values: { reason: `HTTP ${String(status)}` } },
    });
    expect(seen).toHaveLength(2);
  });

  test('ends in one sentence when nobody answers, and when the answer never ends', async () => {
    answers['/releases/release.json'] = { status: 200, body: ' '.repeat(70_000) };
    expect(await look()).toMatchObject({ ok: false, error: { code: 'releaseServer' } });
    const nobody = { address: 'http://127.0.0.1:1/', keys: [signer.publicKey] };
    expect(await lookForRelease(nobody, () => undefined)).toMatchObject({
      ok: false,
      error: { code: 'releaseServer' },
    });
  });

  test('takes nothing that the server made up', async () => {
    answers['/releases/release.json'] = { status: 200, body: text.replace('1.1.0', '1.2.0') };
    expect(await look()).toMatchObject({ ok: false, error: { code: 'signatureWrong' } });
  });
});

test('the publisher’s address is encrypted and a folder', () => {
  expect(publisher.address).toMatch(/^https:\/\/.*\/$/);
});
