import type { SystemFiles } from './systemFiles.ts';

const FOLDER = '/sys/class/power_supply';

/**
 * Whether a Linux computer runs on its battery (Linux, Documentation/ABI/testing/sysfs-class-power).
 * Null when it has none or does not tell. Batteries of mice and headsets do not count.
 */
export function readOnBattery(files: SystemFiles): boolean | null {
  const supplies = files.list(FOLDER).map((name) => ({
    type: files.read(`${FOLDER}/${name}/type`),
    scope: files.read(`${FOLDER}/${name}/scope`),
    status: files.read(`${FOLDER}/${name}/status`),
    online: files.read(`${FOLDER}/${name}/online`),
  }));
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  if (batteries.length === 0) return null;
  // Some chargers report nothing and some batteries say Discharging while charging is held at a limit.
  const mains = supplies.filter(({ type, online }) => type !== 'Battery' && online !== null);
  if (mains.some(({ online }) => online !== '0')) return false;
  if (batteries.some(({ status }) => status === 'Discharging')) return true;
  return batteries.every(({ status }) => status === null || status === 'Unknown') ? null : false;
}
