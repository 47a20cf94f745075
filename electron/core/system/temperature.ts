import { parseCount, type SystemFiles } from './systemFiles.ts';

const SENSORS = '/sys/class/hwmon';
const ZONES = '/sys/class/thermal';

/** Drivers that measure a CPU. Other sensors (disk, graphics, network) say nothing about it. */
const cpuDrivers = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'scpi_sensors']);
/** Where no driver does: zones of the kernel's own regulation. */
const cpuZones = new Set(['x86_pkg_temp', 'cpu-thermal', 'cpu_thermal', 'soc-thermal']);

/** Beyond these a sensor is broken or absent (Linux, Documentation/hwmon/sysfs-interface.rst: thousandths of °C). */
const LOWEST = 1_000;
const HIGHEST = 125_000;

interface Reading {
  readonly label: string;
  readonly value: number;
}

/** The hottest part of the CPU in °C; null where nothing tells. */
export function readCpuTemperature(files: SystemFiles): number | null {
  const ofDrivers = files
    .list(SENSORS)
    .filter((device) => cpuDrivers.has(files.read(`${SENSORS}/${device}/name`) ?? ''))
    .flatMap((device) => trueOnes(readingsOf(files, `${SENSORS}/${device}`)));
  const readings = ofDrivers.length > 0 ? ofDrivers : zonesOf(files);
  return readings.length === 0 ? null : Math.max(...readings.map(({ value }) => value)) / 1000;
}

/**
 * AMD's Tctl is a scale for the fan, on some processors 10 to 27 °C above the truth (Linux, k10temp.c): where the die is
 * told as well, that counts.
 */
function trueOnes(readings: readonly Reading[]): readonly Reading[] {
  const dies = readings.filter(({ label }) => label === 'Tdie');
  const parts = readings.filter(({ label }) => /^Tccd\d+$/.test(label));
  return [dies, parts].find((some) => some.length > 0) ?? readings;
}

function readingsOf(files: SystemFiles, device: string): Reading[] {
  return files
    .list(device)
    .filter((name) => /^temp\d+_input$/.test(name))
    .map((name) => ({
      label: files.read(`${device}/${name.replace('_input', '_label')}`) ?? '',
      value: parseCount(files.read(`${device}/${name}`)) ?? 0,
    }))
    .filter(makesSense);
}

function zonesOf(files: SystemFiles): Reading[] {
  return files
    .list(ZONES)
    .map((zone) => ({
      label: files.read(`${ZONES}/${zone}/type`) ?? '',
      value: parseCount(files.read(`${ZONES}/${zone}/temp`)) ?? 0,
    }))
    .filter((reading) => cpuZones.has(reading.label) && makesSense(reading));
}

const makesSense = ({ value }: Reading) => value >= LOWEST && value <= HIGHEST;
