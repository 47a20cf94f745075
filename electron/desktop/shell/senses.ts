import { app, powerMonitor } from 'electron';
import type { Battery, Senses } from '../../contract/senses.ts';
import { readBattery } from '../../core/system/battery.ts';
import { isIdleClockTrue } from '../../core/system/idleClock.ts';
import { readEnergyCounters, readPowerLimitWatts } from '../../core/system/energy.ts';
import { readProgramNames } from '../../core/system/programs.ts';
import { readCpuTemperature } from '../../core/system/temperature.ts';
import { systemFiles } from '../../core/system/systemFiles.ts';

/** What this system and Electron tell of how the computer is used. */
export function systemSenses(): Senses {
  const { platform, env, versions } = process;
  const ozonePlatform = app.commandLine.getSwitchValue('ozone-platform');
  const isTrue = isIdleClockTrue({ platform, env, electron: versions.electron, ozonePlatform });
  return {
    battery,
    idleSeconds: () => (isTrue ? powerMonitor.getSystemIdleTime() : 0),
    celsius: () => readCpuTemperature(systemFiles),
    energy: () => readEnergyCounters(systemFiles),
    powerLimitWatts: () => readPowerLimitWatts(systemFiles),
    isLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
    runningPrograms: platform === 'linux' ? () => readProgramNames(systemFiles) : null,
  };
}

/** On Linux Electron always says that it is not in use, and the system's files know better. */
function battery(): Battery {
  return process.platform === 'linux'
    ? readBattery(systemFiles)
    : { isInUse: powerMonitor.isOnBatteryPower(), percent: null };
}
