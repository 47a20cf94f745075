import { powerMonitor } from 'electron';
import type { Senses } from '../../../contract/senses.ts';
import { linuxSenses } from './linux.ts';
import { macSenses } from './mac.ts';
import { windowsSenses } from './windows.ts';

/** What Electron tells of any system, and nothing else. */
const electrons: Senses = {
  battery: () => ({ isInUse: powerMonitor.isOnBatteryPower(), percent: null }),
  idleSeconds: () => powerMonitor.getSystemIdleTime(),
  celsius: () => null,
  energy: () => [],
  powerLimitWatts: () => null,
  isLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
  isFullScreen: () => null,
  isMetered: () => null,
  runningPrograms: null,
};

/** What this system and Electron tell of how the computer is used. */
export function systemSenses(): Senses {
  const { platform } = process;
  if (platform === 'win32') return { ...electrons, ...windowsSenses() };
  if (platform === 'darwin') return { ...electrons, ...macSenses() };
  return { ...electrons, ...linuxSenses(electrons) };
}
