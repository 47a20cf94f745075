import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { chooseLaunch } from '../../test/e2e/desktop/support/runAs.ts';
import type { ProcessOf } from './processes.ts';

const launch = chooseLaunch();

/**
 * The built app as users start it. Only Node's inspector is attached, to the main process: what drives a page from outside
 * also keeps it from resting.
 */
export class App {
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (result: unknown) => void>();
  #count = 0;

  private constructor(child: ChildProcess, socket: WebSocket) {
    this.#child = child;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id: number; result: unknown };
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    });
  }

  static async start(home: string, env: Readonly<Record<string, string>>): Promise<App> {
    const child = spawn(launch.executablePath, ['--inspect=127.0.0.1:0', launch.root], {
      cwd: launch.root,
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { stderr } = child;
    const address = await new Promise<string>((resolve) => {
      createInterface(stderr).on('line', (line) => {
        const [found] = /ws:\/\/\S+/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const socket = new WebSocket(address);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    return new App(child, socket);
  }

  /** An expression in the main process, where `electron` is known; its value when it has come to one. Undefined at first. */
  async evaluate<T>(expression: string): Promise<T | undefined> {
    // Whoever asks for a module while Node is still loading its own breaks the start.
    if (!(await this.#isRunning())) return undefined;
    const answer = await this.send<{ result: { value: T } } | undefined>('Runtime.evaluate', {
      expression: `(async (electron) => (${expression}))(require('electron'))`,
      ...{ includeCommandLineAPI: true, awaitPromise: true, returnByValue: true },
    });
    return answer?.result.value;
  }

  /** An expression in the page, likewise. */
  inPage<T>(expression: string): Promise<T | undefined> {
    return this.evaluate(`electron.webContents.getAllWebContents()
      .find((contents) => contents.getURL() !== '' && !contents.isLoading())
      ?.executeJavaScript(${JSON.stringify(expression)})`);
  }

  async processes(): Promise<ProcessOf[]> {
    const list = 'electron.app.getAppMetrics().map(({ pid, type }) => ({ pid, type }))';
    return (await this.evaluate<ProcessOf[]>(list)) ?? [];
  }

  send<T>(method: string, params: object = {}): Promise<T> {
    this.#count += 1;
    const id = this.#count;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#answers.set(id, resolve as (result: unknown) => void));
  }

  async startProfiles(): Promise<void> {
    await this.send('Profiler.enable');
    await this.send('Profiler.start');
    await this.evaluate(`(async () => {
      const { debugger: page } = electron.webContents.getAllWebContents()[0];
      page.attach();
      await page.sendCommand('Profiler.enable');
      await page.sendCommand('Profiler.start');
    })()`);
  }

  /** `place`: where the files go, and how they begin. */
  async writeProfiles(place: string): Promise<void> {
    const main = await this.send<{ profile: object }>('Profiler.stop');
    const page = await this.evaluate<{ profile: object }>(`(async () => {
      const { debugger: page } = electron.webContents.getAllWebContents()[0];
      const profile = await page.sendCommand('Profiler.stop');
      page.detach();
      return profile;
    })()`);
    for (const [name, seen] of Object.entries({ main, page })) {
      writeFileSync(`${place}, ${name}.cpuprofile`, JSON.stringify(seen?.profile));
    }
  }

  async #isRunning(): Promise<boolean> {
    const expression = `process.listenerCount('unhandledRejection') > 0`;
    const answer = await this.send<{ result: { value?: boolean } } | undefined>(
      'Runtime.evaluate',
      {
        expression,
      },
    );
    return answer?.result.value === true;
  }

  async quit(): Promise<void> {
    void this.evaluate('void electron.app.quit()');
    // Node waits for whoever looks at it.
    setTimeout(() => this.#socket.close(), 500);
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}
