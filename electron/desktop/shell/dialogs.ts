import { dialog, type MessageBoxOptions } from 'electron';
import type { Text } from '../../contract/text/index.ts';
import type { CloseAnswer } from './closing.ts';

/** Questions that the system's own dialogs ask, where the page cannot or need not. */

/** What the window's X means, asked for a page that does not answer. */
export async function askToClose(
  { t }: Text,
  { trayAvailable, mining }: { readonly trayAvailable: boolean; readonly mining: boolean },
): Promise<CloseAnswer> {
  const answers: readonly CloseAnswer[] = trayAvailable
    ? ['cancel', 'background', 'quit']
    : ['cancel', 'quit'];
  const labels: Readonly<Record<CloseAnswer, string>> = {
    cancel: t('control.cancel'),
    background: t('close.background'),
    quit: mining ? t('close.quitMining') : t('close.quit'),
  };
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: t('app.name'),
    message: t('close.title'),
    buttons: answers.map((answer) => labels[answer]),
    cancelId: 0,
  });
  return answers[response] ?? 'cancel';
}

/** The page crashed again and again. */
export async function askAfterCrashes({ t }: Text): Promise<'retry' | 'quit'> {
  const isOver = await isSecondChosen(t('app.name'), {
    type: 'error',
    message: t('dialog.pageFails'),
    detail: t('dialog.pageFailsDetail'),
    buttons: [t('app.retry'), t('close.quit')],
    defaultId: 0,
  });
  return isOver ? 'quit' : 'retry';
}

/** Quit was chosen while mining. */
export function askToQuit({ t }: Text): Promise<boolean> {
  return isSecondChosen(t('app.name'), {
    type: 'question',
    message: t('dialog.quitStops'),
    detail: t('dialog.quitStopsDetail'),
    buttons: [t('control.cancel'), t('close.quitMining')],
    defaultId: 1,
  });
}

/** Of two buttons; closing the dialog is the first. */
async function isSecondChosen(title: string, options: MessageBoxOptions): Promise<boolean> {
  const { response } = await dialog.showMessageBox({ title, cancelId: 0, ...options });
  return response === 1;
}

/** Where to save a file; null when the user thinks better of it. */
export async function askWhereToSave(name: string, extension: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: name,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** Which picture to read; null when the user thinks better of it. */
export function askForPicture({ t }: Text): Promise<string | null> {
  return askForFile(t('dialog.pictures'), ['png', 'jpg', 'jpeg']);
}

/** Which table to read; null when the user thinks better of it. */
export function askForTable({ t }: Text): Promise<string | null> {
  return askForFile(t('dialog.tables'), ['csv', 'txt']);
}

async function askForFile(name: string, extensions: string[]): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openFile'],
    filters: [{ name, extensions }],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
