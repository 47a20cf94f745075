import {
  execFile,
  spawn,
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
} from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { vi } from 'vitest';

const run = promisify(execFile);
const busSettings = '/usr/share/defaults/at-spi2/accessibility.conf';
const screenReader = readFileSync(join(import.meta.dirname, 'screenReader.py'), 'utf8');
/** Only what hangs takes so long. */
const PATIENCE_MS = 600_000;
const POLL_MS = 500;

/**
 * Uses a window as somebody who sees nothing: presses keys, and hears what a screen reader says. So the window needs no door for
 * tests, and nothing is waited for by time: each key waits until what the one before it did was heard.
 */
export class BlindUser {
  /** For the program that has the window. */
  readonly environment: readonly string[];
  readonly #bus: ChildProcess;
  readonly #reader: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #heard: string[] = [];
  readonly #read: string[] = [];

  /** `folder` belongs to the user with this id, and has the same path for the program. */
  static async sitDown(userId: string, folder: string): Promise<BlindUser> {
    const address = `unix:path=${join(folder, 'accessibility')}`;
    const rights = [`--reuid=${userId}`, `--regid=${userId}`, '--clear-groups'];
    const env = {
      ...{ PATH: process.env['PATH'], DISPLAY: process.env['DISPLAY'] },
      ...{ HOME: folder, XDG_RUNTIME_DIR: folder, LC_ALL: 'C.UTF-8' },
      AT_SPI_BUS_ADDRESS: address,
    };
    const start = (...command: string[]) => spawn('setpriv', [...rights, ...command], { env });
    const bus = start(
      ...['dbus-daemon', `--config-file=${busSettings}`, '--nofork', '--nosyslog'],
      ...[`--address=${address}`, '--print-address=1'],
    );
    await once(bus.stdout, 'data');
    const reader = start('/usr/bin/python3', '-c', screenReader);
    const user = new BlindUser(address, bus, reader);
    await user.hears('ready');
    return user;
  }

  private constructor(address: string, bus: ChildProcess, reader: ChildProcessWithoutNullStreams) {
    this.environment = [`AT_SPI_BUS_ADDRESS=${address}`, 'ACCESSIBILITY_ENABLED=1'];
    this.#bus = bus;
    this.#reader = reader;
    this.#lines = createInterface(reader.stdout);
    this.#lines.on('line', (line) => (line.startsWith('[') ? this.#read : this.#heard).push(line));
  }

  /** Gives the keyboard to the window of that name. */
  async turnTo(window: string): Promise<void> {
    const search = ['search', '--sync', '--onlyvisible', '--name', window];
    // It fails when any window goes away while it looks.
    await vi.waitFor(() => run('xdotool', [...search, 'windowfocus', '--sync']), {
      timeout: PATIENCE_MS,
      interval: POLL_MS,
    });
  }

  async press(...keys: readonly string[]): Promise<void> {
    await run('xdotool', ['key', ...keys]);
  }

  async types(text: string): Promise<void> {
    await run('xdotool', ['type', text]);
  }

  /** Waits until this was said; it and what was said before it is done with. Answers what it was. */
  async hears(what: string | RegExp): Promise<string> {
    const isIt = (line: string) => (typeof what === 'string' ? line === what : what.test(line));
    for (;;) {
      const place = this.#heard.findIndex(isIt);
      if (place !== -1) return this.#heard.splice(0, place + 1).at(-1) ?? '';
      await this.#waits(`to hear ${what}; heard ${this.#heard.join(' | ') || 'nothing'}`);
    }
  }

  /** Goes on with Tab until that has the focus. What has it now must have been heard. */
  async tabsTo(what: string): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 60) {
      await this.press('Tab');
      const focus = (await this.hears(/^focused /)).slice('focused '.length);
      if (focus === what) return;
      passed.push(focus);
    }
    throw new Error(`Tab never comes to ${what}, only to ${passed.join(' | ')}.`);
  }

  /** Lets the page be read until it says this; what was said before is done with. Answers all that it says. */
  async reads(what: RegExp): Promise<string> {
    const deadlineMs = performance.now() + PATIENCE_MS;
    let text = '';
    while (!what.test(text)) {
      if (performance.now() > deadlineMs) throw new Error(`The page never says ${what}:\n${text}`);
      this.#reader.stdin.write('\n');
      while (this.#read.length === 0) await this.#waits(`to read ${what}`);
      text = (JSON.parse(this.#read.shift() ?? '[]') as string[]).join('\n');
      this.#heard.length = 0;
      await setTimeout(POLL_MS);
    }
    return text;
  }

  getUp(): void {
    this.#reader.kill();
    this.#bus.kill();
  }

  async #waits(forWhat: string): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await once(this.#lines, 'line', { signal }).catch(() => {
      throw new Error(`Waited too long ${forWhat}.`);
    });
  }
}
