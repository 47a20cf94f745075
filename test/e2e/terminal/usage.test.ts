import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createText } from '../../../electron/contract/text/index.ts';
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

  it.concurrent.each([
    [{ LC_ALL: 'C' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: '' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'de_DE.UTF-8' }, 'de'],
    [{ LC_ALL: '', LC_MESSAGES: 'pt_PT.UTF-8', LANG: 'de_DE.UTF-8' }, 'pt-BR'],
    [{ LC_ALL: 'zh_CN', LANG: 'de_DE.UTF-8' }, 'zh-Hans'],
    [{ LC_ALL: 'xx_YY.UTF-8' }, 'en'],
  ])('speaks the language of %j', async (locale, language) => {
    const help = new TerminalMiner(['--help'], { env: { ...process.env, ...locale } });
    expect(await help.exited).toBe(0);
    const { t } = createText(language);
    expect(help.stdout).toContain(t('terminal.what'));
    expect(help.stdout).toContain(t('terminal.option.json'));
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
    const env = { ...process.env, LC_ALL: 'de_DE.UTF-8' };
    const miner = new TerminalMiner(['--config', config, '--practice'], { env });
    const [connected] = await miner.waitFor('connected', 1, 60_000);
    expect(connected).toMatchObject({ kind: 'practice' });
    // Programs read it: no language but English.
    const [state] = await miner.waitFor('state', 1, 60_000);
    expect(state?.['reason']).toBe(createText('en').t('why.connecting'));
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
