import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { path } from './paths.mjs';
import { say } from './say.mjs';

const file = path('.cache/set-up.lock');
const RETRY_MS = 250;

/** One set-up at a time in one clone: a second one waits until the first is through, then looks again what is missing. */
export async function withLock(work) {
  mkdirSync(path('.cache'), { recursive: true });
  for (let waited = false; !take(); waited = true) {
    if (!waited) say('waiting for another set-up of this folder');
    await sleep(RETRY_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!ownerLives()) rmSync(file, { force: true });
  return false;
}

function ownerLives() {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
