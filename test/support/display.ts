import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** An X server of the test's own. */
export class Display {
  readonly env: Readonly<Record<string, string>>;
  readonly #server: ChildProcess;

  private constructor(server: ChildProcess, number: string) {
    this.#server = server;
    this.env = { DISPLAY: `:${number}` };
  }

  /** `access`: everybody's unless said otherwise. */
  static async start(access: readonly string[] = ['-ac']): Promise<Display> {
    const options = ['-screen', '0', '1440x1000x24', '-nolisten', 'tcp', ...access];
    const server = spawn('Xvfb', ['-displayfd', '3', ...options], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
    return new Display(server, String(number).trim());
  }

  /** As when it crashes, and as at some log-outs: nobody is told. */
  async kill(): Promise<void> {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    const gone = once(this.#server, 'exit');
    this.#server.kill('SIGKILL');
    await gone;
  }
}
