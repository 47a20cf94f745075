import { dirname, win32 } from 'node:path';
import type { Installation } from '../../contract/uninstall.ts';

/** What tells how the program was installed. */
export interface ProgramFacts {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The program's own file. */
  readonly program: string;
  /** The folder of the source tree, where it is not packaged. */
  readonly source: string;
  /** The file of the running AppImage. */
  readonly appImage: string | undefined;
  /** The files of Debian's package of this name, one a line; null where it is not installed. */
  readonly filesOfPackage: string | null;
}

export const DEBIAN_PACKAGE = 'ibctminer';
/** What Windows and macOS call the program: as it is installed (electron-builder.yml), so that its notifications are its own. */
export const APP_ID = 'io.github.ibctminer';

/**
 * The file of the AppImage that `program` runs from, as its runtime says in $APPIMAGE. Whatever is started from another
 * AppImage inherits that one's, so it counts only for what is inside of its mount ($APPDIR).
 */
export function appImageOf(
  program: string,
  { APPIMAGE: file, APPDIR: mount }: NodeJS.ProcessEnv,
): string | undefined {
  return mount !== undefined && program.startsWith(`${mount}/`) ? file : undefined;
}

/** How the program is removed: only the user may, and by the way it came. */
export function installationOf(facts: ProgramFacts): Installation {
  const { platform, program } = facts;
  if (!facts.isPackaged) return { kind: 'source', command: removal(facts.source) };
  if (platform === 'win32') {
    const uninstaller = win32.join(win32.dirname(program), 'Uninstall Ibctminer.exe');
    return { kind: 'nsis', command: `"${uninstaller}"` };
  }
  if (platform === 'darwin') return { kind: 'mac', command: removal(bundleOf(program)) };
  if (facts.appImage !== undefined) {
    return { kind: 'appImage', command: `rm ${quoted(facts.appImage)}` };
  }
  if (facts.filesOfPackage?.split('\n').includes(program) === true) {
    return { kind: 'deb', command: ['sudo', 'apt', 'remove', DEBIAN_PACKAGE].join(' ') };
  }
  return { kind: 'folder', command: removal(dirname(program)) };
}

/** Ibctminer.app of …/Ibctminer.app/Contents/MacOS/Ibctminer. */
function bundleOf(program: string): string {
  return dirname(dirname(dirname(program)));
}

function removal(folder: string): string {
  return `rm -r ${quoted(folder)}`;
}

/** As a POSIX shell reads it back unchanged. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
