import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { isConfined } from '../../desktop/support/processes.ts';
import { BlindUser } from './blindUser.ts';
import type { FreshSystem } from './freshSystem.ts';

/** The installed window on its ordinary user's desktop, used from the keyboard. */
export class Window {
  readonly #user: BlindUser;
  readonly #app: ChildProcess;
  readonly #ended: Promise<number | null>;

  static async open(system: FreshSystem): Promise<Window> {
    const user = await BlindUser.sitDown(system.userId, system.shared);
    const app = system.start(
      ...['env', ...user.environment, 'ibctminer-desktop', '--force-renderer-accessibility'],
    );
    const window = new Window(user, app);
    try {
      await user.turnTo('Ibctminer');
    } catch (error) {
      await window.end('SIGKILL');
      throw error;
    }
    return window;
  }

  private constructor(user: BlindUser, app: ChildProcess) {
    this.#user = user;
    this.#app = app;
    this.#ended = once(app, 'exit').then(([code]) => code as number | null);
  }

  /** Through the wizard to the dashboard, to practise. */
  async setUp(): Promise<void> {
    const user = this.#user;
    await user.hears('focused heading Before anything runs');
    await user.tabsTo('check box I have read this and I agree');
    await user.press('space');
    await user.hears('checked check box I have read this and I agree');
    await user.press('Return');
    await user.hears('focused entry Monero wallet address');
    await user.tabsTo('push button Practise without a wallet');
    await user.press('Return');
    for (const question of ['Where should the work come from?', 'How hard should it work?']) {
      await user.hears(`focused heading ${question}`);
      await user.tabsTo('push button Continue');
      await user.press('Return');
    }
    await user.hears('focused heading Ready. Nothing is running yet');
    await user.tabsTo('push button Finish set-up');
    await user.press('Return');
  }

  /** Starts, and waits until the dashboard counts an accepted share. */
  async mine(): Promise<void> {
    await this.#user.reads(/^Start mining$/m);
    await this.#user.press('ctrl+Return');
    await this.#user.reads(/^Accepted\n[1-9]/m);
  }

  /** Has huge pages set aside by the button on Health; answers the command that it showed. */
  async reserveHugePages(): Promise<string> {
    const user = this.#user;
    await user.reads(/^Start mining$/m);
    await user.press('ctrl+6');
    const page = await user.reads(/^Run command$/m);
    await user.tabsTo('push button Run command');
    await user.press('Return');
    await user.reads(/^[\d,]+ huge pages of 2 MiB are free\./m);
    await user.press('ctrl+1');
    return /^pkexec .*/m.exec(page)?.[0] ?? '';
  }

  /** Finds that switch by the list of commands, and flips it. */
  async openAtLogin(): Promise<void> {
    await this.#user.press('ctrl+k');
    await this.#user.hears(/^focused list item /);
    await this.#user.types('Opening');
    await this.#user.hears('focused list item Settings: Opening and closing');
    await this.#user.press('Return');
    await this.#user.hears(/^focused .*Opening and closing$/);
    await this.#user.tabsTo('toggle button Open the app when I log in');
    await this.#user.press('space');
    await this.#user.hears('checked toggle button Open the app when I log in');
  }

  /** Gives huge pages back, and removes what it made, but for the settings; answers all that it lists before. */
  async uninstall(): Promise<string> {
    const user = this.#user;
    await user.press('ctrl+7');
    await user.reads(/^Uninstall…$/m);
    await user.tabsTo('push button Uninstall…');
    await user.press('Return');
    await user.hears('focused check box Keep settings, wallet address and pools');
    const listed = await user.reads(/^Stop mining and remove$/m);
    await user.press('space');
    await user.hears('checked check box Keep settings, wallet address and pools');
    await user.tabsTo('push button Run command');
    await user.press('Return');
    await user.reads(/^0 huge pages are reserved\./m);
    await user.tabsTo('push button Stop mining and remove');
    await user.press('Return');
    await user.reads(/Ibctminer has cleaned up/);
    await user.tabsTo('push button Quit');
    await user.press('Return');
    return listed;
  }

  /** Whether every page is in Chromium's sandbox. */
  isConfined(): boolean {
    const pages = processesOf('/usr/lib/ibctminer/ibctminer-desktop').filter(({ args }) =>
      args.includes('--type=renderer'),
    );
    return pages.length > 0 && pages.every(({ pid }) => isConfined(pid));
  }

  /** Its exit code, once it ends, by itself or by a signal. */
  async end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (signal !== undefined) this.#app.kill(signal);
    const code = await this.#ended;
    this.#user.getUp();
    return code;
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
