import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';

interface Service {
  readonly name: string;
  readonly path: string;
  readonly face: string;
}

/** A bus of the test's own in place of the system's, with one service on it that says what the test wants. */
export class SystemBus {
  readonly #children: ChildProcess[] = [];
  readonly #before = process.env['DBUS_SYSTEM_BUS_ADDRESS'];
  readonly #service: Service;

  private constructor(service: Service) {
    this.#service = service;
  }

  static async start(service: Service): Promise<SystemBus> {
    const here = new SystemBus(service);
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    here.#children.push(bus);
    const [address] = (await once(bus.stdout, 'data')) as [Buffer];
    process.env['DBUS_SYSTEM_BUS_ADDRESS'] = String(address).trim();
    return here;
  }

  /** From now on the service is there, with one property: `value` as gdbus takes it. */
  async serve(property: string, value: string): Promise<void> {
    const { name, path, face } = this.#service;
    const env = {
      ...process.env,
      DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SYSTEM_BUS_ADDRESS'],
    };
    const mock = ['-m', 'dbusmock', '--session', name, path, face];
    this.#children.push(spawn('/usr/bin/python3', mock, { env, stdio: 'ignore' }));
    const waiting = spawn('gdbus', ['wait', '--system', '--timeout', '60', name]);
    expect((await once(waiting, 'exit'))[0]).toBe(0);
    await this.#call('Mock.AddProperty', face, property, value);
  }

  set(property: string, value: string): Promise<void> {
    return this.#call('Properties.Set', this.#service.face, property, value);
  }

  end(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    if (this.#before === undefined) delete process.env['DBUS_SYSTEM_BUS_ADDRESS'];
    else process.env['DBUS_SYSTEM_BUS_ADDRESS'] = this.#before;
  }

  async #call(method: string, ...args: readonly string[]): Promise<void> {
    const { name, path } = this.#service;
    const child = spawn('gdbus', [
      ...['call', '--system', '--dest', name, '--object-path', path],
      ...['--method', `org.freedesktop.DBus.${method}`, ...args],
    ]);
    expect((await once(child, 'exit'))[0]).toBe(0);
  }
}
