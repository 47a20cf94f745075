import type { Bridge } from '../electron/contract/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload; missing when the page is opened outside the app. */
    readonly ibctminer?: Bridge;
  }
}

export type { Bridge };
