import { spawn } from 'node:child_process';

/** $0 is waited for, longer than any way out takes. */
const WAIT = 'for _ in $(seq 1500); do kill -0 "$0" 2>/dev/null || break; sleep 0.1; done';

/** Runs a POSIX shell's `script`, with `names` as $1 and so on, once this process has ended. Not for Windows. */
export function afterExit(script: string, ...names: readonly string[]): void {
  spawn('/bin/sh', ['-c', `${WAIT}\n${script}`, String(process.pid), ...names], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  }).unref();
}

export function startAfterExit(program: string): void {
  afterExit('exec "$1"', program);
}
