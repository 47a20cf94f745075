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
  const counters = files
    .list(FOLDER)
    .filter((zone) => /^intel-rapl:\d+$/.test(zone))
    .map((zone) => ({
      name: files.read(`${FOLDER}/${zone}/name`) ?? '',
      joules: (parseCount(files.read(`${FOLDER}/${zone}/energy_uj`)) ?? NaN) * MICRO,
      rangeJoules: (parseCount(files.read(`${FOLDER}/${zone}/max_energy_range_uj`)) ?? NaN) * MICRO,
    }))
    .filter(({ name }) => name.startsWith('package-'));
  return counters.every(({ joules, rangeJoules }) => joules >= 0 && rangeJoules > 0)
    ? counters
    : [];
}
