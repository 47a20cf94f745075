import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { asUser, ownByUser } from './runAs.ts';

/** Where something is on the bus. */
export interface Service {
  readonly name: string;
  readonly path: string;
}

/**
 * A desktop session of the user that the app runs as: a session bus, and Xfce's panel, whose tray is a real
 * StatusNotifierItem host. It comes and goes when a test says so.
 */
export class DesktopSession {
  readonly #home = mkdtempSync(join(tmpdir(), 'ibctminer-session-'));
  #environment: Readonly<Record<string, string>> = {
    HOME: this.#home,
    XDG_CONFIG_HOME: join(this.#home, '.config'),
    NO_AT_BRIDGE: '1',
  };
  #bus: ChildProcess | undefined;
  #panel: ChildProcess | undefined;
  #logind: ChildProcess | undefined;
  readonly #services: ChildProcess[] = [];
  #busAddress = '';

  static async start(): Promise<DesktopSession> {
    const session = new DesktopSession();
    await session.#start();
    return session;
  }

  /** What the app's environment needs to be part of this session. */
  get env(): Readonly<Record<string, string>> {
    return {
      DBUS_SESSION_BUS_ADDRESS: this.#busAddress,
      DBUS_SYSTEM_BUS_ADDRESS: this.#busAddress,
    };
  }

  showPanel(): void {
    this.#panel = this.#spawn('xfce4-panel', ['--disable-wm-check']);
  }

  /** A tray that takes no icon: it has a host, and knows no method to register one. */
  async showRefusingTray(): Promise<void> {
    const watcher = { name: WATCHER, path: '/StatusNotifierWatcher' };
    this.#panel = await this.serve(watcher, {
      IsStatusNotifierHostRegistered: '<true>',
      RegisteredStatusNotifierItems: '<@as []>',
    });
  }

  /** Something on the bus that has these properties, as gdbus writes them. */
  async serve(
    { name, path }: Service,
    properties: Readonly<Record<string, string>>,
  ): Promise<ChildProcess> {
    const service = this.#spawn('/usr/bin/python3', [
      ...['-m', 'dbusmock', '--session', name, path, name],
    ]);
    this.#services.push(service);
    await this.#run('gdbus', ['wait', '--session', '--timeout', '60', name]);
    for (const [property, value] of Object.entries(properties)) {
      await this.call({ name, path }, 'Mock.AddProperty', name, property, value);
    }
    return service;
  }

  /** Calls a method of `org.freedesktop.DBus` of something that `serve` has made. */
  async call({ name, path }: Service, method: string, ...args: readonly string[]): Promise<void> {
    await this.#run('gdbus', [
      ...['call', '--session', '--timeout', '20', '--dest', name, '--object-path', path],
      ...['--method', `org.freedesktop.DBus.${method}`, ...args],
    ]);
  }

  /** What tells programs of sleep and of the end; to be there before they start. */
  async startLogind(): Promise<void> {
    this.#logind = this.#spawn('/usr/bin/python3', ['-m', 'dbusmock', '--template', 'logind']);
    await this.#run('gdbus', ['wait', '--session', '--timeout', '20', LOGIND]);
  }

  /** `begins` false: it is over. */
  async prepareFor(what: 'Sleep' | 'Shutdown', begins: boolean): Promise<void> {
    const logind = { name: LOGIND, path: '/org/freedesktop/login1' };
    const signal = [`PrepareFor${what}`, 'b', `[<${String(begins)}>]`];
    await this.call(logind, 'Mock.EmitSignal', `${LOGIND}.Manager`, ...signal);
  }

  /** As when the panel crashes. */
  async killPanel(): Promise<void> {
    await end(this.#panel);
    this.#panel = undefined;
  }

  async end(): Promise<void> {
    await this.killPanel();
    for (const program of [...this.#services, this.#logind, this.#bus]) await end(program);
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const folder = join(this.#home, '.config/xfce4/xfconf/xfce-perchannel-xml');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'xfce4-panel.xml'), PANEL_WITH_TRAY);
    ownByUser(this.#home);
    const bus = this.#spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], 'pipe');
    this.#bus = bus;
    this.#busAddress = await new Promise<string>((resolve, reject) => {
      bus.once('error', reject);
      bus.once('exit', () => reject(new Error('The session bus ended.')));
      bus.stdout?.once('data', (text) => resolve(String(text).trim()));
    });
    this.#environment = { ...this.#environment, ...this.env };
  }

  /** Services that the bus starts inherit its environment. */
  #spawn(command: string, args: readonly string[], stdout: 'pipe' | 'ignore' = 'ignore') {
    const env = { ...process.env, ...this.#environment };
    return asUser(command, args, { env, stdio: ['ignore', stdout, 'ignore'] });
  }

  async #run(command: string, args: readonly string[]): Promise<void> {
    const child = this.#spawn(command, args);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}.`);
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const LOGIND = 'org.freedesktop.login1';
const WATCHER = 'org.kde.StatusNotifierWatcher';

const PANEL_WITH_TRAY = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="36"/>
      <property name="length" type="uint" value="100"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
`;

/** Remembers the tray's menu and tooltip from their next change on. */
export async function watchTray(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Tray }) => {
    Tray.prototype.setContextMenu = new Proxy(Reflect.get(Tray.prototype, 'setContextMenu'), {
      apply(setContextMenu, tray: Electron.Tray, [menu]: [Electron.Menu | null]) {
        Reflect.set(globalThis, 'trayMenu', menu);
        setContextMenu.call(tray, menu);
      },
    });
    Tray.prototype.setToolTip = new Proxy(Reflect.get(Tray.prototype, 'setToolTip'), {
      apply(setToolTip, tray: Electron.Tray, [text]: [string]) {
        Reflect.set(globalThis, 'trayToolTip', text);
        setToolTip.call(tray, text);
      },
    });
  });
}

/** Labels of the tray's menu, from top to bottom. */
export function trayLabels(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(() => {
    const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu | undefined;
    return menu?.items.map(({ label }) => label) ?? [];
  });
}

export function trayToolTip(electron: ElectronApplication): Promise<unknown> {
  return electron.evaluate(() => Reflect.get(globalThis, 'trayToolTip') as unknown);
}

/** Clicks an item of the tray's menu, by its id. */
export async function clickTray(electron: ElectronApplication, id: string): Promise<void> {
  await electron.evaluate((_electron, wanted) => {
    const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu | undefined;
    const item = menu?.getMenuItemById(wanted);
    if (!item?.enabled) throw new Error(`The tray offers no ${wanted} now.`);
    (item.click as () => void)();
  }, id);
}
