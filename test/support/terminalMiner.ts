import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { yieldToStages } from './yieldToStages.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** One line of `--json`, as docs and users know it. */
export interface MinerEvent {
  readonly event: string;
  readonly time: string;
  readonly [field: string]: unknown;
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** The terminal miner as its users start it: a process with `--json`. */
export class TerminalMiner {
  readonly process: ChildProcess;
  readonly events: MinerEvent[] = [];
  stdout = '';
  stderr = '';
  /** Exit code, or the name of the signal that ended it. */
  readonly exited: Promise<number | string>;

  constructor(args: readonly string[], launch: Partial<Launch> = {}) {
    const command = launch.command ?? process.execPath;
    const before = launch.args ?? ['electron/terminal/main.ts'];
    this.process = spawn(command, [...before, ...args], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: launch.env ?? process.env,
      // A session of its own, as in a terminal of its own: Linux shares the processors out among sessions first, so that
      // hashing at the lowest priority goes on beside whatever else is busy.
      detached: true,
    });
    yieldToStages(this.process.pid);
    let rest = '';
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('{')) this.events.push(JSON.parse(line) as MinerEvent);
      }
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.exited = new Promise((resolve) => {
      this.process.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
  }

  of(event: string): MinerEvent[] {
    return this.events.filter((candidate) => candidate.event === event);
  }

  /** Waits for so many events of a kind; fails with what the miner said instead. */
  async waitFor(event: string, count: number, timeoutMs: number): Promise<MinerEvent[]> {
    return vi.waitFor(
      () => {
        const found = this.of(event);
        if (found.length >= count) return found;
        const last = this.events.slice(-5).map((line) => JSON.stringify(line));
        throw new Error(
          `${found.length} of ${count} ${event}\n${last.join('\n')}\n${this.stderr.slice(-2000)}`,
        );
      },
      { timeout: timeoutMs, interval: 100 },
    );
  }

  /** Ends the process if a test left it running. */
  async cleanUp(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), 15_000);
      await this.exited;
      clearTimeout(timer);
    }
  }
}
