import type { HealthCommand } from '../../contract/health.ts';
import type { EnergyCounter } from '../../contract/senses.ts';
import { parseCount, type SystemFiles } from './systemFiles.ts';

const FOLDER = '/sys/class/powercap';
const MICRO = 1e-6;

/**
 * The energy counters of the processors (Linux, Documentation/power/powercap/powercap.rst; AMD's too). Usually only root may
 * read them. Zones below a package are part of it, and those of the other driver, intel-rapl-mmio, are the same packages
 * once more. None where one cannot be read: a part would be taken for the whole.
 */
export function readEnergyCounters(files: SystemFiles): readonly EnergyCounter[] {
  const counters = packagesOf(files).map(({ zone, name }) => ({
    name,
    joules: (parseCount(files.read(`${zone}/energy_uj`)) ?? NaN) * MICRO,
    rangeJoules: (parseCount(files.read(`${zone}/max_energy_range_uj`)) ?? NaN) * MICRO,
  }));
  return counters.every(({ joules, rangeJoules }) => joules >= 0 && rangeJoules > 0)
    ? counters
    : [];
}

/** There are counters, and this program may not read them. */
export function isEnergyClosed(files: SystemFiles): boolean {
  return packagesOf(files).some(({ zone }) => files.read(`${zone}/energy_uj`) === null);
}

/** Where administrators put rules for devices (udev(7)). */
const UDEV_FILE = '/etc/udev/rules.d/90-ibctminer-energy.rules';
const COUNTERS = `${FOLDER}/intel-rapl:*/energy_uj`;

/** With these the user, not this app, lets every program read the counters. */
export function energyCommands(): HealthCommand[] {
  const rule = 'ACTION=="add", SUBSYSTEM=="powercap", RUN+="/bin/chmod a+r /sys%p/energy_uj"';
  return [
    { use: 'now', command: `sudo chmod a+r ${COUNTERS}` },
    { use: 'atBoot', command: `echo '${rule}' | sudo tee ${UDEV_FILE}` },
    { use: 'undo', command: `sudo rm -f ${UDEV_FILE} && sudo chmod 400 ${COUNTERS}` },
  ];
}

/** What all processors used between two readings, during which a counter may have gone round once; null where none tells. */
export function joulesBetween(
  before: readonly EnergyCounter[],
  now: readonly EnergyCounter[],
): number | null {
  if (now.length === 0 || now.length !== before.length) return null;
  const joules = now.map(({ joules: total, rangeJoules }, index) => {
    const used = total - (before[index]?.joules ?? NaN);
    return used < 0 ? used + rangeJoules : used;
  });
  return joules.reduce((sum, used) => sum + used, 0);
}

/** What all packages together are made to stay below in the long run; everybody may read that. */
export function readPowerLimitWatts(files: SystemFiles): number | null {
  const limits = packagesOf(files).map(({ zone }) =>
    files.read(`${zone}/constraint_0_name`) === 'long_term'
      ? (parseCount(files.read(`${zone}/constraint_0_power_limit_uw`)) ?? 0) * MICRO
      : 0,
  );
  return limits.length > 0 && limits.every((watts) => watts > 0)
    ? limits.reduce((sum, watts) => sum + watts, 0)
    : null;
}

function packagesOf(files: SystemFiles): { readonly zone: string; readonly name: string }[] {
  return files
    .list(FOLDER)
    .filter((zone) => /^intel-rapl:\d+$/.test(zone))
    .map((zone) => `${FOLDER}/${zone}`)
    .map((zone) => ({ zone, name: files.read(`${zone}/name`) ?? '' }))
    .filter(({ name }) => name.startsWith('package-'));
}
