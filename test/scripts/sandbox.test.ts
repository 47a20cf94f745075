import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { sandboxAdvice: advice } = (await import(join(root, 'scripts/support/sandbox.mjs'))) as {
  readonly sandboxAdvice: (code: number, settings: string) => string | null;
};
const crashed = 128 + constants.signals.SIGTRAP;

let settings: string;
beforeEach(() => {
  settings = mkdtempSync(join(tmpdir(), 'ibctminer-sysctl-'));
});
afterEach(() => rmSync(settings, { recursive: true }));

function set(name: string, value: string): void {
  const file = join(settings, ...name.split('.'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}

test.each([
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['user.max_user_namespaces', '0', '10000'],
])('Electron without a sandbox, by %s: the command that allows it is told', (name, off, on) => {
  set(name, off);
  expect(advice(crashed, settings)).toContain(`sudo sysctl ${name}=${on}`);
  set(name, on);
  expect(advice(crashed, settings)).toBeNull();
});

test('nothing is told of an app that was quit or interrupted, nor where the kernel has no such switch', () => {
  expect(advice(crashed, settings)).toBeNull();
  set('kernel.apparmor_restrict_unprivileged_userns', '1');
  expect(advice(0, settings)).toBeNull();
  expect(advice(128 + constants.signals.SIGINT, settings)).toBeNull();
});
