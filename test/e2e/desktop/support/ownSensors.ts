import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/** Where Linux tells of battery, temperature and energy; a test's computer may have none of them. */
const FOLDERS = ['/sys/class/power_supply', '/sys/class/hwmon', '/sys/class/powercap'];
const COUNT_EVERY_MS = 200;

/** A computer whose sensors a test owns: what the running app reads of Linux, it reads below a folder of the test's. */
export class Machine {
  readonly #folder: string;
  #joules = 0;
  #counting: NodeJS.Timeout | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async around(electron: ElectronApplication, folder: string): Promise<Machine> {
    await electron.evaluate(
      (_electron, at) => {
        const fs = process.getBuiltinModule('node:fs');
        const { openSync, readdirSync } = fs;
        const moved = (path: unknown) =>
          at.folders.some((name) => String(path).startsWith(name))
            ? `${at.folder}${String(path)}`
            : path;
        Object.assign(fs, {
          openSync: (path: unknown, ...rest: unknown[]) =>
            Reflect.apply(openSync, fs, [moved(path), ...rest]) as number,
          readdirSync: (path: unknown, ...rest: unknown[]) =>
            Reflect.apply(readdirSync, fs, [moved(path), ...rest]) as string[],
        });
        process.getBuiltinModule('node:module').syncBuiltinESMExports();
      },
      { folder, folders: FOLDERS },
    );
    return new Machine(folder);
  }

  write(file: string, content: string | number): void {
    const path = join(this.#folder, file);
    mkdirSync(dirname(path), { recursive: true });
    // At no moment is it empty.
    writeFileSync(`${path}.new`, `${String(content)}\n`);
    renameSync(`${path}.new`, path);
  }

  /** `percent`: of a battery that is in use; null: plugged in. */
  battery(percent: number | null): void {
    const supply = (name: string) => `/sys/class/power_supply/${name}`;
    this.write(`${supply('AC')}/type`, 'Mains');
    this.write(`${supply('AC')}/online`, percent === null ? 1 : 0);
    this.write(`${supply('BAT0')}/type`, 'Battery');
    this.write(`${supply('BAT0')}/status`, percent === null ? 'Charging' : 'Discharging');
    this.write(`${supply('BAT0')}/capacity`, percent ?? 80);
  }

  celsius(degrees: number): void {
    this.write('/sys/class/hwmon/hwmon0/name', 'k10temp');
    this.write('/sys/class/hwmon/hwmon0/temp1_input', degrees * 1000);
  }

  /** What the processor draws from now on, as its energy counter has it; null: the counter stands still. */
  draws(watts: number | null): void {
    const zone = '/sys/class/powercap/intel-rapl:0';
    this.write(`${zone}/name`, 'package-0');
    this.write(`${zone}/max_energy_range_uj`, 262_143_328_850);
    clearInterval(this.#counting);
    let atMs = performance.now();
    const count = () => {
      const nowMs = performance.now();
      this.#joules += ((watts ?? 0) * (nowMs - atMs)) / 1000;
      atMs = nowMs;
      this.write(`${zone}/energy_uj`, Math.round(this.#joules * 1e6));
    };
    count();
    this.#counting = watts === null ? undefined : setInterval(count, COUNT_EVERY_MS);
  }
}
