import { expect, it } from 'vitest';
import { appFolder } from '../../../electron/core/system/folders.ts';

it.each([
  ['/data', '/data/Ibctminer'],
  [undefined, '/home/me/.config/Ibctminer'],
  ['', '/home/me/.config/Ibctminer'],
  ['some/where', '/home/me/.config/Ibctminer'],
])('with XDG_CONFIG_HOME=%j the files are in %s', (XDG_CONFIG_HOME, folder) => {
  expect(appFolder('linux', { XDG_CONFIG_HOME }, () => '/home/me')).toBe(folder);
});

it('asks for a home only where it is needed: a service’s user may have none', () => {
  const home = () => {
    throw new Error('no such user');
  };
  expect(appFolder('linux', { XDG_CONFIG_HOME: '/var/lib/it' }, home)).toBe(
    '/var/lib/it/Ibctminer',
  );
});
