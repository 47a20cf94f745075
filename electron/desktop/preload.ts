import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callNames, pushNames } from '../contract/ipcNames.ts';

/** One named function per call and one subscription per push; ipcRenderer itself never reaches the page. */
const invoke = callNames.map(
  (name) => [name, (input?: unknown) => ipcRenderer.invoke(name, input)] as const,
);

const subscribe = pushNames.map(
  (name) =>
    [
      name,
      (listener: (payload: unknown) => void) => {
        const forward = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
        ipcRenderer.on(name, forward);
        return () => {
          ipcRenderer.off(name, forward);
        };
      },
    ] as const,
);

contextBridge.exposeInMainWorld('ibctminer', {
  ...Object.fromEntries(invoke),
  on: Object.fromEntries(subscribe),
});
