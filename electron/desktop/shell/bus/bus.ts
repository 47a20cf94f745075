import { BusConnection, type BusReply } from './connection.ts';
import type { BusCall } from './message.ts';

const connections: Partial<Record<BusCall['bus'], BusConnection>> = {};

/** Calls a method. Never fails otherwise than by its reply. */
export async function callBus(call: BusCall): Promise<BusReply> {
  try {
    const known = connections[call.bus];
    if (known?.isOpen === true) return await known.call(call);
    const socketPath = socketOf(addressOf(call.bus, process.env));
    if (socketPath === null) return { kind: 'refused' };
    const opened = (connections[call.bus] = new BusConnection(socketPath));
    return await opened.call(call);
  } catch {
    return { kind: 'refused' }; // what is asked, or where, cannot be written for a socket
  }
}

/** Where the bus is, by the environment or by custom. */
function addressOf(bus: BusCall['bus'], env: NodeJS.ProcessEnv): string {
  if (bus === 'system') {
    return env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket';
  }
  return env['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${env['XDG_RUNTIME_DIR'] ?? ''}/bus`;
}

/** The first socket in an address (D-Bus specification, "Server Addresses"); null where it has none of this computer. */
export function socketOf(address: string): string | null {
  for (const server of address.split(';')) {
    if (!server.startsWith('unix:')) continue;
    const keys = server.slice('unix:'.length).split(',');
    const valueOf = (key: string) =>
      unescaped(keys.find((pair) => pair.startsWith(`${key}=`))?.slice(key.length + 1) ?? '');
    const [path, abstract] = [valueOf('path'), valueOf('abstract')];
    if (path !== '') return path;
    if (abstract !== '') return `\0${abstract}`;
  }
  return null;
}

const unescaped = (value: string) =>
  value.replaceAll(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString(),
  );

const DAEMON = 'org.freedesktop.DBus';

/** A question about a name, to the bus itself. */
export const daemonCall = (bus: BusCall['bus'], method: string, name: string): BusCall => ({
  ...{ bus, destination: DAEMON, path: '/org/freedesktop/DBus', interface: DAEMON },
  ...{ method, args: [name] },
});

/** `face`: the interface, where that is named otherwise than its owner. */
export const propertyCall = (
  at: Pick<BusCall, 'bus' | 'path'> & { readonly name: string; readonly face?: string },
  property: string,
): BusCall => ({
  ...{ bus: at.bus, destination: at.name, path: at.path },
  ...{
    interface: 'org.freedesktop.DBus.Properties',
    method: 'Get',
    args: [at.face ?? at.name, property],
  },
});
