import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

function run(command: 'bench' | 'hash', args: readonly string[]) {
  const file = fileURLToPath(new URL(`../../native/js/cli/${command}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const key = Buffer.from('test key 000').toString('hex');
const input = Buffer.from('This is a test').toString('hex');

describe('npm run hash', { timeout: 120_000 }, () => {
  it.each([
    ['rx/0', 'jit', '639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f'],
    ['rx/0', 'interpreter', '639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f'],
    ['rx/2', 'jit', '22ec6b861b3eb23686b2efbad69513c967ecfce80983df66c9c5b4fbfb4cdb6f'],
  ])('prints the %s hash (%s) and nothing else', (algo, path, expected) => {
    const args = ['--algo', algo, '--key', key, '--input', input, '--path', path];
    expect(run('hash', args)).toEqual({ status: 0, stdout: `${expected}\n`, stderr: '' });
  });

  it('needs no key for cn/1', () => {
    const { status, stdout } = run('hash', ['--algo', 'cn/1', '--input', '00'.repeat(43)]);
    expect(status).toBe(0);
    expect(stdout).toBe('b5a7f63abb94d07d1a6445c36c07c7e8327fe61b1647e391b4c7edae5de57a3d\n');
  });

  it.each([
    ['nothing', []],
    ['an unknown algorithm', ['--algo', 'rx/1', '--key', key, '--input', input]],
    ['no key', ['--algo', 'rx/0', '--input', input]],
    ['half a byte', ['--algo', 'rx/0', '--key', '0', '--input', input]],
    ['no hex', ['--algo', 'rx/0', '--key', key, '--input', 'xy']],
    ['a key of 61 bytes', ['--algo', 'rx/0', '--key', '00'.repeat(61), '--input', input]],
    ['too little for cn/1', ['--algo', 'cn/1', '--input', '00'.repeat(42)]],
    ['an unknown option', ['--algo', 'rx/0', '--key', key, '--input', input, '--fast']],
  ])('answers %s with one sentence and exit code 2', (_, args) => {
    expectUsageError(run('hash', args));
  });
});

describe('npm run bench', { timeout: 120_000 }, () => {
  it('prints one line of JSON, the last on stdout', () => {
    const args = ['--mode', 'light', '--threads', '1', '--seconds', '1', '--json', '--verify'];
    const { status, stdout } = run('bench', args);
    expect(status).toBe(0);
    const result: unknown = JSON.parse(stdout);
    expect(result).toMatchObject({
      algo: 'rx/0',
      threads: 1,
      datasetSeconds: null,
      pages: { dataset: 'none' },
      options: { mode: 'light', verified: true },
      // XOR over nonces 0 to 99 of XMRig's benchmark input; the first 10,000 give its published sum.
      digest: '1dc30f85a9c4636c',
    });
    expect(result).toHaveProperty('hashesPerSecond.median');
    expect(result).toHaveProperty('firstHashSeconds');
    expect(result).toHaveProperty('cacheSeconds');
  });

  it.each([
    ['no such algorithm', ['--algo', 'argon']],
    ['more threads than there are', ['--threads', '1000']],
    ['no thread', ['--threads', '0']],
    ['a fraction of a second', ['--seconds', '0.5']],
    ['mode auto', ['--mode', 'auto']],
    ['unknown pages', ['--pages', '3m']],
    ['five interleaved', ['--interleave', '5']],
    ['a value too many', ['fast']],
  ])('answers %s with one sentence and exit code 2', (_, args) => {
    expectUsageError(run('bench', args));
  });
});

function expectUsageError({ status, stdout, stderr }: ReturnType<typeof run>) {
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
}
