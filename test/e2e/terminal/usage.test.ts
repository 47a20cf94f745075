import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

const folder = mkdtempSync(join(tmpdir(), 'miner-usage-'));
afterAll(() => rmSync(folder, { recursive: true }));

let fileCount = 0;
function file(content: string): string {
  const path = join(folder, `options-${(fileCount += 1)}.json`);
  writeFileSync(path, content);
  return path;
}

const wallet = ['--wallet', TEST_ADDRESS];

// Every other kind of bad usage: test/terminal/options.test.ts.
describe('bad usage', () => {
  it.concurrent.each([
    ['no option', [], /Say where to mine/],
    ['a control character', ['--\u001b[31m'], /“--\?\[31m” is not an option/],
    ['a file that is not JSON', ['--config', file('pool = x')], /is not valid JSON/],
  ])('%s is told in one sentence', async (_, args, sentence) => {
    const miner = new TerminalMiner([...args, '--json']);
    expect(await miner.exited).toBe(2);
    expect(miner.stdout).toBe('');
    expect(miner.stderr).toMatch(sentence);
    // One line, no stack trace.
    expect(miner.stderr.trimEnd()).not.toContain('\n');
    expect(miner.stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });
});

describe('good usage', () => {
  it('shows help and version on stdout', async () => {
    const help = new TerminalMiner(['--help']);
    expect(await help.exited).toBe(0);
    for (const name of ['--pool', '--daemon', '--practice', '--config']) {
      expect(help.stdout).toContain(name);
    }
    const version = new TerminalMiner(['--version']);
    expect(await version.exited).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('reads options from a file, and those typed outrank it', async () => {
    const config = file(
      JSON.stringify({
        pool: 'unreachable.invalid:1',
        wallet: TEST_ADDRESS,
        duration: 600,
        json: true,
      }),
    );
    const miner = new TerminalMiner(['--config', config, '--practice']);
    const [connected] = await miner.waitFor('connected', 1, 60_000);
    expect(connected).toMatchObject({ kind: 'practice' });
    miner.process.kill('SIGTERM');
    expect(await miner.exited).toBe(0);
    expect(miner.events.at(-1)?.event).toBe('summary');
  });
});

describe('a failure that ends mining', () => {
  it('is told, and the exit code is 1', async () => {
    const { createServer } = await import('node:net');
    const refusing = createServer((socket) => {
      socket.on('data', () => {
        const error = { code: -1, message: 'Invalid payment address provided' };
        socket.write(`${JSON.stringify({ id: 1, jsonrpc: '2.0', error })}\n`);
      });
    });
    const port = await new Promise<number>((resolve) => {
      refusing.listen(0, '127.0.0.1', () => {
        const address = refusing.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    const miner = new TerminalMiner(['--pool', `127.0.0.1:${port}`, ...wallet, '--json']);
    expect(await miner.exited).toBe(1);
    expect(miner.of('error')[0]?.message).toMatch(/Invalid payment address provided/);
    expect(miner.of('state').at(-1)).toMatchObject({ state: 'failed' });
    expect(miner.events.at(-1)?.event).toBe('summary');
    refusing.close();
  });
});
