import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { problem } from '../../contract/problem.ts';
import { refused } from '../../contract/result.ts';
import { APP_ORIGIN } from '../shell/assets.ts';
import { checkPush, routesTo, type CallHandlers, type Send } from './answer.ts';

/** A call is answered only when it comes from the main frame of our own window, showing our own origin. */
export function registerCalls(
  handlers: CallHandlers,
  ownContents: () => WebContents | undefined,
): void {
  for (const { channel, answer } of routesTo(handlers)) {
    ipcMain.handle(channel, (event, input: unknown) =>
      isOwnPage(event, ownContents()) ? answer(input) : refused(problem('untrustedSender')),
    );
  }
}

function isOwnPage(event: IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  const frame = event.senderFrame;
  return (
    contents !== undefined &&
    frame !== null &&
    event.sender === contents &&
    frame === contents.mainFrame &&
    frame.origin === APP_ORIGIN
  );
}

/** Sends to our own page, as long as there is one. */
export function sendTo(ownContents: () => WebContents | undefined): Send {
  return (name, payload) => {
    const contents = ownContents();
    if (contents === undefined || contents.isDestroyed()) return null;
    const checked = checkPush(name, payload);
    if (!checked.ok) return checked.error;
    contents.send(name, checked.value);
    return null;
  };
}
