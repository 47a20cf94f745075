import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { answerCall, problemOf, type CallHandlers } from '../app/calls.ts';
import { callNames, type PushName } from '../../contract/ipcNames.ts';
import type { PushPayload } from '../../contract/ipc.ts';
import { APP_ORIGIN } from './assets.ts';

/**
 * Registers every call of the contract. A call is answered only when it comes from the main frame of our own
 * window, showing our own origin; its input is validated by schema, and nothing is ever thrown across.
 */
export function registerCalls(
  handlers: CallHandlers,
  ownContents: () => WebContents | undefined,
): void {
  for (const name of callNames) {
    ipcMain.handle(name, async (event, input: unknown) =>
      isOwnPage(event, ownContents())
        ? answerCall(handlers, name, input)
        : problemOf('untrustedSender', 'This page may not control Ibctminer.'),
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

export function push<N extends PushName>(
  contents: WebContents,
  name: N,
  payload: PushPayload<N>,
): void {
  if (!contents.isDestroyed()) contents.send(name, payload);
}
