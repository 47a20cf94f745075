import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { SetUpError } from './say.mjs';
import { niceness, yieldProcessors } from './sessions.mjs';

const forwarded = process.platform === 'win32' ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_WATCH_MS = 500;

/**
 * Runs a program and resolves with its exit code (128 + n when signal n ended it). Signals to this process reach the
 * program, each kind once: npm and the terminal may both send one, and one Ctrl+C must be one stop. When this
 * process's parent dies, the program gets SIGTERM. `ownSession`: the program and all that it starts are a session, which Linux
 * gives its share of the processors whatever other sessions do; signals then reach all of it. `yields`: that share is a
 * third of another session's, and more only where the others leave it.
 */
export function run(command, args, { ownSession = false, yields = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const detached = ownSession && process.platform !== 'win32';
    const child = spawn(command, args, { stdio: 'inherit', ...options, detached });
    if (detached && yields && child.pid !== undefined)
      yieldProcessors(child.pid, niceness.computing);
    const kill = (signal) => (detached ? killGroup(child.pid, signal) : child.kill(signal));
    const handlers = forwarded.map((signal) => [signal, once(() => kill(signal))]);
    for (const [signal, handler] of handlers) process.on(signal, handler);

    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      kill('SIGTERM');
    }, PARENT_WATCH_MS);

    const finish = () => {
      clearInterval(watch);
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    child.on('error', (error) => {
      finish();
      reject(new SetUpError(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      finish();
      resolve(code ?? 128 + constants.signals[signal]);
    });
    options.onSpawn?.(child);
  });
}

/** Like run, with the program's output on stderr and nothing on its stdin; anything but exit code 0 is an error. */
export async function step(command, args, failure, options = {}) {
  const code = await run(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (code > 128) process.exit(code);
  if (code !== 0) throw new SetUpError(failure);
}

function killGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // it has just ended
  }
}

function once(action) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
