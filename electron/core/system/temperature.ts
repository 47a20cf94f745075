import { parseCount, type SystemFiles } from './systemFiles.ts';

const FOLDER = '/sys/class/hwmon';

/** Drivers that measure a CPU. Other sensors (disk, graphics, network) say nothing about it. */
const cpuDrivers = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'scpi_sensors']);

/** Beyond these a sensor is broken or absent (Linux, Documentation/hwmon/sysfs-interface.rst: thousandths of °C). */
const LOWEST = 1_000;
const HIGHEST = 125_000;

/** The hottest CPU sensor in °C; null where there is none. */
export function readCpuTemperature(files: SystemFiles): number | null {
  const readings = files
    .list(FOLDER)
    .filter((device) => cpuDrivers.has(files.read(`${FOLDER}/${device}/name`) ?? ''))
    .flatMap((device) => readingsOf(files, `${FOLDER}/${device}`))
    .filter((value) => value >= LOWEST && value <= HIGHEST);
  return readings.length === 0 ? null : Math.max(...readings) / 1000;
}

function readingsOf(files: SystemFiles, device: string): number[] {
  return files
    .list(device)
    .filter((name) => /^temp\d+_input$/.test(name))
    .map((name) => parseCount(files.read(`${device}/${name}`)))
    .filter((value) => value !== null);
}
