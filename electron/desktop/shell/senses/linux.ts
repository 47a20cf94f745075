import { app } from 'electron';
import type { Senses } from '../../../contract/senses.ts';
import { systemClock } from '../../../core/clock.ts';
import { readBattery } from '../../../core/system/battery.ts';
import { readEnergyCounters, readPowerLimitWatts } from '../../../core/system/energy.ts';
import { isIdleClockTrue } from '../../../core/system/idleClock.ts';
import { Newest } from '../../../core/system/newestAnswer.ts';
import { readProgramNames } from '../../../core/system/programs.ts';
import { systemFiles } from '../../../core/system/systemFiles.ts';
import { readCpuTemperature } from '../../../core/system/temperature.ts';
import { WaylandIdle } from '../../../core/system/waylandIdle.ts';
import { XFullScreen } from '../../../core/system/x11/fullScreen.ts';
import { readLocked } from './locked.ts';
import { readMetered } from './metered.ts';

const FULL_SCREEN_FRESH_MS = 1500;
const METERED_FRESH_MS = 30_000;
const LOCKED_FRESH_MS = 5000;

/** What Linux and its desktops tell. */
export function linuxSenses(electrons: Senses): Partial<Senses> {
  const { env, versions } = process;
  const ozonePlatform = app.commandLine.getSwitchValue('ozone-platform');
  const isTrue = isIdleClockTrue({ env, electron: versions.electron, ozonePlatform });
  const wayland = new WaylandIdle(env, systemClock);
  const desktop = new XFullScreen(env, process.pid);
  const fullScreen = new Newest<boolean | null>(systemClock, null, FULL_SCREEN_FRESH_MS, (last) =>
    desktop.read(last),
  );
  const metered = new Newest<boolean | null>(systemClock, null, METERED_FRESH_MS, (last) =>
    readMetered(last),
  );
  const locked = new Newest<boolean>(systemClock, false, LOCKED_FRESH_MS, (last) =>
    readLocked(last),
  );
  const isGnome = env['XDG_CURRENT_DESKTOP']?.split(':').includes('GNOME') === true;
  // From the first question on, Electron listens to whoever locks the screen.
  electrons.isLocked();
  return {
    // Electron always says here that it is not in use.
    battery: () => readBattery(systemFiles),
    // Electron asks GNOME and an old protocol of KDE's; the other compositors it does not understand.
    idleSeconds: () => wayland.seconds ?? (isTrue ? electrons.idleSeconds() : 0),
    celsius: () => readCpuTemperature(systemFiles),
    // GNOME's own locker is not where Electron looks for it; logind hears of it.
    isLocked: () => electrons.isLocked() || (isGnome && locked.value),
    energy: () => readEnergyCounters(systemFiles),
    powerLimitWatts: () => readPowerLimitWatts(systemFiles),
    isFullScreen: () => fullScreen.value,
    isMetered: () => metered.value,
    runningPrograms: () => readProgramNames(systemFiles),
  };
}
