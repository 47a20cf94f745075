import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { CONSENT_VERSION, defaultSettings } from '../../../../electron/contract/settings.ts';
import { isConfined } from '../../desktop/support/processes.ts';
import type { FreshSystem } from './freshSystem.ts';

const token = 'package-test-token';

/** The installed window, with the settings of a user who agreed, mines at the practice pool and watches it over the API. */
export class Window {
  readonly #system: FreshSystem;
  readonly #port: number;

  constructor(system: FreshSystem, port: number) {
    this.#system = system;
    this.#port = port;
    mkdirSync(join(this.#settingsFile, '..'), { recursive: true });
    const basis = defaultSettings();
    const settings = {
      ...basis,
      consent: { version: CONSENT_VERSION, givenAtMs: 1_790_000_000_000 },
      work: 'practice',
      power: { profile: 'custom', threads: 1, mode: 'light' },
      rules: { ...basis.rules, startAtLaunch: true, pauseOnBattery: false },
      api: { enabled: true, port: this.#port, token },
    };
    writeFileSync(this.#settingsFile, JSON.stringify(settings));
    this.#system.run('chown -R miner:miner /home/miner');
  }

  get #settingsFile(): string {
    return this.#system.at('home/miner/.config/Ibctminer/settings.json');
  }

  settings(): unknown {
    return JSON.parse(readFileSync(this.#settingsFile, 'utf8'));
  }

  /** Runs it until it has mined a share, and ends it; tells whether its page was confined. */
  async mine(): Promise<{ confined: boolean; code: number | null }> {
    const app = this.#system.start('ibctminer-desktop');
    const ended = new Promise<number | null>((resolve) => app.once('exit', resolve));
    try {
      await vi.waitFor(async () => expect(await this.#sharesAccepted()).toBeGreaterThan(0), {
        timeout: 300_000,
        interval: 1000,
      });
      const pages = processesOf('/usr/lib/ibctminer/ibctminer-desktop').filter(({ args }) =>
        args.includes('--type=renderer'),
      );
      const confined = pages.length > 0 && pages.every(({ pid }) => isConfined(pid));
      app.kill('SIGTERM');
      return { confined, code: await ended };
    } finally {
      app.kill('SIGKILL');
    }
  }

  async #sharesAccepted(): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/2/summary`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { results } = (await answer.json()) as { results: { shares_good: number } };
    return results.shares_good;
  }
}

function processesOf(program: string) {
  return readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .map((pid) => ({ pid, args: argsOf(pid) }))
    .filter(({ args }) => args.startsWith(program));
}

function argsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
