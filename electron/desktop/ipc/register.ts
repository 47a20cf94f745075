import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { PushName, PushPayload } from '../../contract/ipc.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused } from '../../contract/result.ts';
import { APP_ORIGIN } from '../shell/assets.ts';
import { checkPush, routesTo, type CallHandlers } from './answer.ts';

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

export type Push = <N extends PushName>(name: N, payload: PushPayload<N>) => void;

/** Tells our own page, as long as there is one. `onFault` hears of what broke the contract and was not sent. */
export function pushTo(
  ownContents: () => WebContents | undefined,
  onFault: (fault: Problem) => void,
): Push {
  return (name, payload) => {
    const contents = ownContents();
    if (contents === undefined || contents.isDestroyed()) return;
    const checked = checkPush(name, payload);
    if (checked.ok) contents.send(name, checked.value);
    // A line about a line of the log would never end.
    else if (name !== 'log') onFault(checked.error);
  };
}
