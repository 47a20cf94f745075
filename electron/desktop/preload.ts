import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { BridgeNames } from '../contract/ipc.ts';

/** Taken from the contract when the preload is built (electron.vite.config.ts). */
declare const BRIDGE_NAMES: BridgeNames;

/** One named function per call and one subscription per push; ipcRenderer itself never reaches the page. */
const invoke = (channel: string) => (input?: unknown) => ipcRenderer.invoke(channel, input);

const subscribe = (channel: string) => (listener: (payload: unknown) => void) => {
  const forward = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.off(channel, forward);
  };
};

const calls = Object.entries(BRIDGE_NAMES.calls).map(([group, channels]) => [
  group,
  Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => [name, invoke(channel)] as const),
  ),
]);

contextBridge.exposeInMainWorld('ibctminer', {
  ...Object.fromEntries(calls),
  on: Object.fromEntries(BRIDGE_NAMES.pushes.map((name) => [name, subscribe(name)] as const)),
});
