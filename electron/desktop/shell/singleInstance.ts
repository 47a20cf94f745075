import { app } from 'electron';

/** False when another instance of this profile runs already: that one comes to the front, this one must quit. */
export function claimSingleInstance(onSecondLaunch: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondLaunch);
  return true;
}
