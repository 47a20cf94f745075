import { expect, it } from 'vitest';
import {
  appImageOf,
  installationOf,
  type ProgramFacts,
} from '../../../electron/desktop/app/installation.ts';

const program = '/usr/lib/ibctminer/ibctminer';

function commandFor(change: Partial<ProgramFacts>): string {
  const { kind, command } = installationOf({
    ...{ platform: 'linux', isPackaged: true, program, source: '/home/a/ibctminer' },
    ...{ appImage: undefined, filesOfPackage: null },
    ...change,
  });
  return `${kind}: ${command}`;
}

it('names the one command that removes each kind of installation', () => {
  const filesOfPackage = `/usr/lib\n${program}\n/usr/share`;
  expect(commandFor({ filesOfPackage })).toBe('deb: sudo apt remove ibctminer');
  expect(commandFor({ appImage: '/home/a/Ibctminer.AppImage' })).toBe(
    "appImage: rm '/home/a/Ibctminer.AppImage'",
  );
  expect(commandFor({})).toBe("folder: rm -r '/usr/lib/ibctminer'");
  expect(commandFor({ isPackaged: false })).toBe("source: rm -r '/home/a/ibctminer'");
  const mac = {
    platform: 'darwin',
    program: '/Applications/Ibctminer.app/Contents/MacOS/I',
  } as const;
  expect(commandFor(mac)).toBe("mac: rm -r '/Applications/Ibctminer.app'");
  const windows = { platform: 'win32', program: 'C:\\Programs\\ibctminer\\Ibctminer.exe' } as const;
  expect(commandFor(windows)).toBe('nsis: "C:\\Programs\\ibctminer\\Uninstall Ibctminer.exe"');
});

it('does not send to the package manager what it did not install', () => {
  const ours = { program: '/opt/own/ibctminer', filesOfPackage: `${program}\n` };
  expect(commandFor(ours)).toBe("folder: rm -r '/opt/own'");
});

it('quotes a path so that a shell reads it back unchanged', () => {
  expect(commandFor({ appImage: "/home/a b/it's" })).toBe("appImage: rm '/home/a b/it'\\''s'");
});

it('takes only the AppImage that it runs from for its own, not that of a terminal it was started in', () => {
  const environment = { APPIMAGE: '/home/a/Editor.AppImage', APPDIR: '/tmp/.mount_Editor' };
  expect(appImageOf('/tmp/.mount_Editor/ibctminer-desktop', environment)).toBe(
    '/home/a/Editor.AppImage',
  );
  expect(appImageOf('/tmp/.mount_Editor2/ibctminer-desktop', environment)).toBeUndefined();
  expect(appImageOf(program, environment)).toBeUndefined();
  expect(appImageOf(program, {})).toBeUndefined();
});
