import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReleaseFile } from '../../../electron/core/release/release.ts';
import { takeOver, type Handover } from '../../../electron/desktop/updates/takeOver.ts';
import { UpdateFile } from '../../../electron/desktop/updates/updateFile.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';

const listedAs = (name: string, content: string): ReleaseFile => ({
  ...{ name, bytes: content.length },
  sha256: createHash('sha256').update(content).digest('hex'),
});
const NEW = 'the newer program';
const newer = listedAs('ibctminer-1.1.0-linux-x86_64.AppImage', NEW);

let home: string;
let folder: string;
let appImage: string;
let served: Record<string, string>;
let asked: string[];
/** What came of it, in order. */
let done: string[];
let isBlockUnderWay: boolean;
const server = createServer((request, response) => {
  const url = request.url ?? '';
  asked.push(url);
  const content = served[url];
  // Without an end, the request stays open.
  if (content === undefined) response.writeHead(200).write('a beginning');
  else response.end(content);
});

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ibctminer-update-'));
  folder = join(home, 'profile', 'updates');
  appImage = join(home, 'Ibctminer.AppImage');
  writeFileSync(appImage, 'the old program', { mode: 0o755 });
  served = { [`/releases/${newer.name}`]: NEW };
  asked = [];
  done = [];
  isBlockUnderWay = false;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(home, { recursive: true });
});

function updateFile(change: Partial<Handover> = {}): UpdateFile {
  const handover: Handover = {
    appImage,
    startAfterExit: (program) => done.push(`start ${program}`),
    openFile: (file) => {
      done.push(`open ${file}`);
      return Promise.resolve('');
    },
    quitApp: () => done.push('quit'),
    ...change,
  };
  return new UpdateFile({
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/releases/`,
    folder,
    onOpening: () => done.push('connect'),
    takeOver: (file, listed) => takeOver(handover, file, listed),
    isBlockUnderWay: () => isBlockUnderWay,
  });
}

async function fetched(change: Partial<Handover> = {}): Promise<UpdateFile> {
  const file = updateFile(change);
  file.offer(newer);
  await file.fetch();
  expect(file.state).toEqual({ state: 'ready' });
  done = [];
  return file;
}

const program = () => readFileSync(appImage, 'utf8');

test('an offer alone opens no connection and writes nothing', async () => {
  const file = updateFile();
  expect(file.state).toEqual({ state: 'none' });
  await file.fetch();
  file.offer(newer);
  expect(file.state).toEqual({ state: 'offered', totalBytes: NEW.length });
  expect(await file.install()).toMatchObject({ error: { code: 'updateNotHere' } });
  expect([...asked, ...done]).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});

test('at the user’s word it is fetched over one connection, which is told, and installed by another word', async () => {
  const file = updateFile();
  file.offer(newer);
  await Promise.all([file.fetch(), file.fetch()]);
  expect(asked).toEqual([`/releases/${newer.name}`]);
  expect(done).toEqual(['connect']);
  expect(program()).toBe('the old program');

  expect(await file.install()).toMatchObject({ ok: true });
  expect(program()).toBe(NEW);
  expect(statSync(appImage).mode & 0o777).toBe(0o755);
  expect(done).toEqual(['connect', `start ${appImage}`, 'quit']);
  expect(readdirSync(home).sort()).toEqual(['Ibctminer.AppImage', 'profile']);
  expect(readdirSync(folder)).toEqual([]);
});

test('an installer is opened by the system, and the app quits', async () => {
  const file = await fetched({ appImage: undefined });
  expect(await file.install()).toMatchObject({ ok: true });
  expect(done).toEqual([`open ${join(folder, newer.name)}`, 'quit']);
  expect(program()).toBe('the old program');
});

test('an installer that the system does not open is told, and the app goes on', async () => {
  const openFile = () => Promise.resolve('no program for it');
  const file = await fetched({ appImage: undefined, openFile });
  expect(await file.install()).toMatchObject({
    error: { code: 'updateNotOpened', values: { said: 'no program for it' } },
  });
  expect(done).toEqual([]);
  expect(file.state).toEqual({ state: 'ready' });
});

test('nothing is put in place while a block is on its way', async () => {
  const file = await fetched();
  isBlockUnderWay = true;
  expect(await file.install()).toMatchObject({ error: { code: 'updateAwaitsBlock' } });
  expect(program()).toBe('the old program');
  expect(done).toEqual([]);
  isBlockUnderWay = false;
  expect(await file.install()).toMatchObject({ ok: true });
});

test('what was changed or lost after it was fetched is not let loose', async () => {
  const file = await fetched();
  writeFileSync(join(folder, newer.name), 'the newer prograM');
  expect(await file.install()).toMatchObject({ error: { code: 'updateChanged' } });
  expect(file.state).toEqual({ state: 'offered', totalBytes: NEW.length });
  await file.fetch();
  expect(await file.install()).toMatchObject({ ok: true });
  expect(program()).toBe(NEW);

  const lost = await fetched();
  rmSync(join(folder, newer.name));
  expect(await lost.install()).toMatchObject({ error: { code: 'updateChanged' } });
});

test('a server with another file is refused, and the old program stays', async () => {
  served[`/releases/${newer.name}`] = 'the newer prograM';
  const file = updateFile();
  file.offer(newer);
  await file.fetch();
  expect(file.state).toMatchObject({ state: 'failed', problem: { code: 'updateChanged' } });
  expect(await file.install()).toMatchObject({ error: { code: 'updateNotHere' } });
  expect(readdirSync(folder)).toEqual([]);
  expect(program()).toBe('the old program');
});

test('a folder that cannot be written keeps the old program, and says why', async () => {
  const file = await fetched();
  chmodSync(home, 0o555);
  chmodSync(folder, 0o755);
  chmodSync(join(home, 'profile'), 0o755);
  chmodSync(join(folder, newer.name), 0o644);
  const result = await asUnprivileged(() => file.install());
  chmodSync(home, 0o755);
  expect(result).toMatchObject({ error: { code: 'noPermission' } });
  expect(program()).toBe('the old program');
  expect(done).toEqual([]);
});

test('the user stops it: the connection ends, and what is here stays until it is taken back', async () => {
  served = {};
  const file = updateFile();
  file.offer(newer);
  const fetching = file.fetch();
  await vi.waitFor(() => expect(file.state).toMatchObject({ state: 'running', bytes: 11 }), 10_000);
  file.stop();
  expect(file.state).toEqual({ state: 'offered', totalBytes: NEW.length });
  await fetching;
  expect(file.state).toEqual({ state: 'offered', totalBytes: NEW.length });
  expect(readdirSync(folder)).toEqual([`${newer.name}.part`]);
  expect(file.made()).toMatchObject({ kind: 'update', place: folder });
  file.offer(null);
  expect(file.state).toEqual({ state: 'none' });
  expect(existsSync(folder)).toBe(false);
});

test('a newer one still takes the place of what was offered before', async () => {
  const file = await fetched();
  file.offer(newer);
  expect(file.state).toEqual({ state: 'ready' });
  file.offer(listedAs('ibctminer-1.2.0-linux-x86_64.AppImage', 'newer still'));
  expect(file.state).toEqual({ state: 'offered', totalBytes: 11 });
});
