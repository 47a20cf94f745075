import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download } from '../../../electron/core/release/download.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';

const program = randomBytes(300_000);
const HALF = 150_000;
const listed = {
  bytes: program.length,
  sha256: createHash('sha256').update(program).digest('hex'),
};

describe('a download', () => {
  let folder: string;
  let file: string;
  let url: URL;
  let seen: IncomingHttpHeaders[];
  let answer: (response: ServerResponse, from: number) => void;
  const server = createServer((request, response) => {
    seen.push(request.headers);
    answer(response, Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0));
  });

  /** As servers of files do. */
  const serve = (content: Buffer) => (response: ServerResponse, from: number) => {
    const rest = content.subarray(from);
    const range = `bytes ${String(from)}-${String(content.length - 1)}/${String(content.length)}`;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 ? { 'content-range': range } : {}),
    });
    response.end(rest);
  };
  /** The connection is lost in the middle, once something is here. */
  async function interrupted(): Promise<number> {
    let open: ServerResponse | undefined;
    answer = (response) => {
      open = response.writeHead(200, { 'content-length': program.length });
      response.write(program.subarray(0, HALF));
    };
    expect(await get(() => open?.destroy())).toMatchObject({ code: 'releaseServer' });
    expect(existsSync(file)).toBe(false);
    answer = serve(program);
    return statSync(part()).size;
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ibctminer-download-'));
    file = join(folder, 'updates', 'program');
    seen = [];
    answer = serve(program);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/program`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (onProgress: (bytes: number) => void = () => undefined, signal?: AbortSignal) =>
    download(url, listed, file, {
      signal: signal ?? new AbortController().signal,
      onProgress,
      onOpening: () => undefined,
    });
  const part = () => `${file}.part`;

  test('brings the file whole, tells how far it is, and says nothing about this computer', async () => {
    const told: number[] = [];
    expect(await get((bytes) => told.push(bytes))).toBeNull();
    expect(readFileSync(file)).toEqual(program);
    expect(told.at(-1)).toBe(program.length);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(existsSync(part())).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(seen.map((headers) => Object.keys(headers).sort())).toEqual([['connection', 'host']]);
  });

  test('that was interrupted is gone on with', async () => {
    const had = await interrupted();
    expect(had).toBeGreaterThan(0);
    expect(await get()).toBeNull();
    expect(readFileSync(file)).toEqual(program);
    expect(seen.map(({ range }) => range)).toEqual([undefined, `bytes=${String(had)}-`]);
    expect(Object.keys(seen[1] ?? {}).sort()).toEqual(['connection', 'host', 'range']);
  });

  test('begins anew where the server cannot go on', async () => {
    await interrupted();
    answer = (response) => serve(program)(response, 0);
    expect(await get()).toBeNull();
    expect(readFileSync(file)).toEqual(program);
  });

  test('that the user stopped keeps what is here', async () => {
    const stop = new AbortController();
    answer = (response) => {
      response.writeHead(200, { 'content-length': program.length });
      response.write(program.subarray(0, HALF));
    };
    expect(await get(() => stop.abort(), stop.signal)).not.toBeNull();
    expect(existsSync(part())).toBe(true);
    expect(existsSync(file)).toBe(false);
    answer = serve(program);
    expect(await get()).toBeNull();
  });

  const oneByte = Buffer.from(program);
  oneByte.writeUInt8(oneByte.readUInt8(HALF) ^ 1, HALF);
  test.each([
    ['with one byte changed', oneByte],
    ['that is too short', program.subarray(1)],
    ['that is too long', Buffer.concat([program, Buffer.alloc(1)])],
    ['that is much too long', Buffer.alloc(20_000_000)],
  ])('of a file %s leaves nothing', async (_what, other) => {
    answer = serve(other);
    expect(await get()).toMatchObject({ code: 'updateChanged' });
    expect(existsSync(file)).toBe(false);
    expect(existsSync(part())).toBe(false);
    answer = serve(program);
    expect(await get()).toBeNull();
  });

  test('that goes on with something else ends the same, and begins anew the next time', async () => {
    writeFileSync(part(), Buffer.alloc(await interrupted()));
    expect(await get()).toMatchObject({ code: 'updateChanged' });
    expect(await get()).toBeNull();
    expect(seen.at(-1)?.range).toBeUndefined();
  });

  test.each([[302], [403], [404], [500]])('is refused with HTTP %i', async (status) => {
    answer = (response) =>
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(program);
    expect(await get()).toMatchObject({
      code: 'releaseServer',
      values: { reason: `HTTP ${String(status)}` },
    });
    expect(seen).toHaveLength(1);
    expect(existsSync(part())).toBe(false);
  });

  test('says in words that there is no server, and that the disk refuses', async () => {
    const nowhere = new URL('http://127.0.0.1:1/program');
    const options = {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onOpening: () => undefined,
    };
    expect(await download(nowhere, listed, file, options)).toMatchObject({ code: 'releaseServer' });
    rmSync(join(folder, 'updates'), { recursive: true });
    expect(await asUnprivileged(() => get())).toMatchObject({ code: 'noPermission' });
  });
});
