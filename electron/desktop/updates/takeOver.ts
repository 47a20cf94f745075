import { copyFile, open, rename, rm } from 'node:fs/promises';
import { problem, type Problem } from '../../contract/problem.ts';
import type { UpdateWay } from '../../contract/release.ts';
import type { Installation } from '../../contract/uninstall.ts';
import { isAsListed, type Listed } from '../../core/release/download.ts';
import { reasonOf } from '../../core/settings/files.ts';

/** How a newer version comes, by how this one did. */
export const UPDATE_WAYS: Readonly<Record<Installation['kind'], UpdateWay>> = {
  ...{ deb: 'apt', folder: 'page', source: 'page' },
  ...{ appImage: 'replace', nsis: 'open', mac: 'open' },
};

/** What only the shell can do for a newer version. */
export interface Handover {
  /** The file of the running AppImage; undefined where the system opens what is fetched. */
  readonly appImage: string | undefined;
  /** Starts a program as soon as this one has ended. */
  readonly startAfterExit: (program: string) => void;
  /** As a click on it does. What the system says when that goes wrong; else nothing. */
  readonly openFile: (file: string) => Promise<string>;
  readonly quitApp: () => void;
}

/** Lets the newer version in `file` take over; the app ends when nothing went wrong. */
export async function takeOver(
  { appImage, startAfterExit, openFile, quitApp }: Handover,
  file: string,
  listed: Listed,
): Promise<Problem | null> {
  if (appImage === undefined) {
    const said = await openFile(file);
    if (said !== '') return problem('updateNotOpened', { file, said });
  } else {
    const fault = await replaceProgram(appImage, file, listed);
    if (fault !== null) return fault;
    startAfterExit(appImage);
  }
  quitApp();
  return null;
}

/**
 * Puts `file` in the place of `program`: whoever starts that, after a crash or a power cut too, finds the old one or the new
 * one, whole. What is put there is what was found as listed.
 */
async function replaceProgram(
  program: string,
  file: string,
  listed: Listed,
): Promise<Problem | null> {
  const beside = `${program}.new`;
  try {
    await copyFile(file, beside);
    if (!(await isAsListed(beside, listed))) {
      await rm(beside);
      return problem('updateChanged');
    }
    const handle = await open(beside, 'r+');
    await handle.chmod(0o755);
    await handle.sync();
    await handle.close();
    await rename(beside, program);
    await rm(file);
    return null;
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    return reasonOf(error);
  }
}
