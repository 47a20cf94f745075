import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Tells its id and arguments, counts stops on SIGTERM and SIGINT, and ends a moment after the first. */
const program = `
  let stops = 0;
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
    stops += 1;
    setTimeout(() => { console.log(JSON.stringify({ stops })); process.exit(7); }, 300);
  });
  setInterval(() => {}, 1000);
  console.log(JSON.stringify({ pid: process.pid, node: process.versions.node, args: process.argv.slice(2) }));
`;

let folder: string;
let wrapper: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
  writeFileSync(join(folder, 'program.mjs'), program);
});
afterEach(() => {
  wrapper?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program through scripts/run.mjs; `lines` fills with what comes out on stdout. */
async function start(command: string, args: readonly string[]) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  wrapper = child;
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!text.includes('\n')) await sleep(20);
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { child, lines, pid: Number(lines()[0]?.['pid']) };
}

const wrapped = (...args: string[]) => [
  'scripts/run.mjs',
  relative(root, join(folder, 'program.mjs')),
  ...args,
];

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (lives(pid)) await sleep(20);
}

it('runs a program on the project’s own Node with its arguments, and adds nothing to stdout', async () => {
  const { child, lines } = await start('node', wrapped('--threads', '2'));
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toMatchObject({ args: ['--threads', '2'] });
  expect(String(lines()[0]?.['node'])).toMatch(/^24\./);
  child.kill('SIGTERM');
  await once(child, 'close');
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'passes %s on once, and gives back the exit code',
  async (signal) => {
    const { child, lines } = await start('node', wrapped());
    child.kill(signal);
    await sleep(100);
    child.kill(signal);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(7);
    expect(lines().at(-1)).toEqual({ stops: 1 });
  },
);

it('ends the program when its own parent is killed', async () => {
  // A shell that stays the parent, as npm does.
  const script = `node ${wrapped().join(' ')}; exit $?`;
  const { child, pid } = await start('sh', ['-c', script]);
  child.kill('SIGKILL');
  await untilGone(pid);
  expect(lives(pid)).toBe(false);
});
