import type { Battery } from '../../contract/senses.ts';
import { parseCount, type SystemFiles } from './systemFiles.ts';

const FOLDER = '/sys/class/power_supply';

type Supply = Readonly<Record<'type' | 'scope' | 'status' | 'online' | 'capacity', string | null>>;

/**
 * Whether a Linux computer runs on its battery, and how full that is (Linux,
 * Documentation/ABI/testing/sysfs-class-power). Batteries of mice and headsets do not count; of several, the fullest does.
 */
export function readBattery(files: SystemFiles): Battery {
  const supplies = files.list(FOLDER).map((name) => ({
    type: files.read(`${FOLDER}/${name}/type`),
    scope: files.read(`${FOLDER}/${name}/scope`),
    status: files.read(`${FOLDER}/${name}/status`),
    online: files.read(`${FOLDER}/${name}/online`),
    capacity: files.read(`${FOLDER}/${name}/capacity`),
  }));
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  const charges = batteries
    .map(({ capacity }) => parseCount(capacity))
    .filter((percent) => percent !== null && percent >= 0 && percent <= 100);
  const percent = charges.length === 0 ? null : Math.max(...(charges as number[]));
  return { isInUse: isInUse(supplies, batteries), percent };
}

function isInUse(supplies: readonly Supply[], batteries: readonly Supply[]): boolean | null {
  if (batteries.length === 0) return null;
  // Some chargers report nothing and some batteries say Discharging while charging is held at a limit.
  const mains = supplies.filter(({ type, online }) => type !== 'Battery' && online !== null);
  if (mains.some(({ online }) => online !== '0')) return false;
  if (batteries.some(({ status }) => status === 'Discharging')) return true;
  return batteries.every(({ status }) => status === null || status === 'Unknown') ? null : false;
}
