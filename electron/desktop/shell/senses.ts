import { app, powerMonitor } from 'electron';
import type { Battery, Senses } from '../../contract/senses.ts';
import { readBattery } from '../../core/system/battery.ts';
import { systemClock } from '../../core/clock.ts';
import { isIdleClockTrue } from '../../core/system/idleClock.ts';
import { readEnergyCounters, readPowerLimitWatts } from '../../core/system/energy.ts';
import { Newest } from '../../core/system/newest.ts';
import { readProgramNames } from '../../core/system/programs.ts';
import { readCpuTemperature } from '../../core/system/temperature.ts';
import { systemFiles } from '../../core/system/systemFiles.ts';
import { XFullScreen } from '../../core/system/x11/fullScreen.ts';
import { readMetered } from './metered.ts';

const FULL_SCREEN_FRESH_MS = 1500;
/** It takes two small programs to ask. */
const METERED_FRESH_MS = 30_000;

/** What this system and Electron tell of how the computer is used. */
export function systemSenses(): Senses {
  const { platform, env, versions } = process;
  const ozonePlatform = app.commandLine.getSwitchValue('ozone-platform');
  const isTrue = isIdleClockTrue({ platform, env, electron: versions.electron, ozonePlatform });
  const isLinux = platform === 'linux';
  const desktop = new XFullScreen(env, process.pid);
  const fullScreen = new Newest<boolean | null>(systemClock, null, FULL_SCREEN_FRESH_MS, () =>
    desktop.read(),
  );
  const metered = new Newest<boolean | null>(systemClock, null, METERED_FRESH_MS, () =>
    readMetered(),
  );
  return {
    battery,
    idleSeconds: () => (isTrue ? powerMonitor.getSystemIdleTime() : 0),
    celsius: () => readCpuTemperature(systemFiles),
    energy: () => readEnergyCounters(systemFiles),
    powerLimitWatts: () => readPowerLimitWatts(systemFiles),
    isLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
    isFullScreen: () => (isLinux ? fullScreen.value : null),
    isMetered: () => (isLinux ? metered.value : null),
    runningPrograms: isLinux ? () => readProgramNames(systemFiles) : null,
  };
}

/** On Linux Electron always says that it is not in use, and the system's files know better. */
function battery(): Battery {
  return process.platform === 'linux'
    ? readBattery(systemFiles)
    : { isInUse: powerMonitor.isOnBatteryPower(), percent: null };
}
