import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/** Where Linux tells of battery and temperature; a test's computer may have neither. */
const FOLDERS = ['/sys/class/power_supply', '/sys/class/hwmon'];

/** A computer whose sensors a test owns: what the running app reads of Linux, it reads below a folder of the test's. */
export class Machine {
  readonly #folder: string;

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
    writeFileSync(path, `${String(content)}\n`);
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
}
