import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasPrompt, runPrompted, type PromptFacts } from '../../../electron/core/system/prompt.ts';

const desktop: PromptFacts = {
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' },
  userId: 1000,
  programs: ['Xorg', 'polkitd', 'gnome-shell'],
  isExecutable: (path) => path === '/usr/bin/pkexec',
};

describe('the system’s own prompt', () => {
  it.each([
    'gnome-shell',
    'polkit-gnome-au',
    'polkit-kde-auth',
    'lxpolkit',
    'lxqt-policykit-',
    'xfce-polkit',
    'polkit-mate-aut',
  ])('is there for an ordinary user of a desktop with pkexec and %s', (agent) => {
    expect(hasPrompt({ ...desktop, programs: ['polkitd', agent] })).toBe(true);
  });

  it.each<[string, Partial<PromptFacts>]>([
    ['on Windows', { platform: 'win32', userId: null }],
    ['on macOS', { platform: 'darwin' }],
    ['for root', { userId: 0 }],
    ['without a display', { env: { PATH: '/usr/bin' } }],
    ['without pkexec', { isExecutable: () => false }],
    ['where nothing would show it', { programs: ['Xorg', 'polkitd', 'i3'] }],
  ])('is not there %s', (_, change) => {
    expect(hasPrompt({ ...desktop, ...change })).toBe(false);
  });
});

describe('a command run by it', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ibctminer-prompt-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A prompt that writes down what it is asked, and ends like this. */
  function prompt(end: string): string {
    const file = join(folder, 'pkexec');
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$0" "$@" >'${folder}/asked'\n${end}\n`);
    chmodSync(file, 0o755);
    return file;
  }
  const never = new AbortController().signal;

  it.each([
    ['exit 0', { ok: true, value: 'ran' }],
    ['exit 126', { ok: true, value: 'dismissed' }],
    ['exit 127', { ok: true, value: 'notAllowed' }],
    [
      'echo "no such key" >&2; exit 1',
      { ok: false, error: { code: 'commandFailed', values: { said: 'no such key' } } },
    ],
    ['exit 3', { ok: false, error: { code: 'commandFailed', values: { said: '3' } } }],
  ])('is told as it ended: %s', async (end, told) => {
    expect(await runPrompted(`${prompt(end)} a b`, never)).toMatchObject(told);
  });

  it('is what is shown, word for word, and no shell reads it', async () => {
    const command = `${prompt('exit 0')} /sbin/sysctl -w a=$(id);b *`;
    await runPrompted(command, never);
    const asked = readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n').join(' ');
    expect(asked).toBe(command);
  });

  it('is told when there is no such program, and when nobody is left to answer', async () => {
    const failed = { ok: false, error: { code: 'commandFailed' } };
    expect(await runPrompted(join(folder, 'pkexec'), never)).toMatchObject(failed);
    const asleep = runPrompted(prompt('exec sleep 60'), AbortSignal.timeout(100));
    expect(await asleep).toMatchObject(failed);
  });
});
