import { execFile } from 'node:child_process';

/** One call of a method that takes strings only. */
export interface BusCall {
  readonly bus: 'session' | 'system';
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly method: string;
  readonly args: readonly string[];
}

/**
 * `answer`: what the called object replied, as the tool prints it. `refused`: there is no bus, no such object, or it said
 * no. `late`: nobody answered in time, which says nothing.
 */
export type BusReply =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'late' };

const LIMIT_MS = 2000;

/** Tools that call a method on a bus; every desktop has at least one of them. */
const tools: readonly {
  readonly command: string;
  readonly args: (call: BusCall) => readonly string[];
}[] = [
  {
    command: 'gdbus',
    args: ({ bus, destination, path, interface: face, method, args }) => [
      ...['call', `--${bus}`, '--dest', destination, '--object-path', path],
      ...['--method', `${face}.${method}`, ...args.map((text) => `'${text}'`)],
    ],
  },
  {
    command: 'busctl',
    args: ({ bus, destination, path, interface: face, method, args }) => [
      ...[bus === 'session' ? '--user' : '--system', 'call', destination, path, face, method],
      ...(args.length === 0 ? [] : ['s'.repeat(args.length), ...args]),
    ],
  },
  {
    command: 'dbus-send',
    args: ({ bus, destination, path, interface: face, method, args }) => [
      ...[`--${bus}`, '--print-reply', `--dest=${destination}`, path, `${face}.${method}`],
      ...args.map((text) => `string:${text}`),
    ],
  },
];

/** Calls a method with the first tool that is installed. Never fails otherwise than by its reply. */
export async function callBus(call: BusCall): Promise<BusReply> {
  for (const { command, args } of tools) {
    const reply = await run(command, args(call));
    if (reply !== 'notInstalled') return reply;
  }
  return { kind: 'refused' };
}

function run(command: string, args: readonly string[]): Promise<BusReply | 'notInstalled'> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: LIMIT_MS, killSignal: 'SIGKILL' }, (error, stdout) => {
      if (error === null) resolve({ kind: 'answer', text: stdout });
      else if (error.code === 'ENOENT') resolve('notInstalled');
      else resolve({ kind: error.killed === true ? 'late' : 'refused' });
    });
  });
}

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

/* What the tools print: `b true`, `(true,)` and `boolean true` are the same reply. */

export const booleanIn = (text: string): boolean => /\btrue\b/.test(text);

export const numberIn = (text: string): number | null => {
  const found = /\b(?:u|uint32) (\d+)/.exec(text);
  return found === null ? null : Number(found[1]);
};

export const stringsIn = (text: string): string[] =>
  [...text.matchAll(/(["'])(.*?)\1/g)].map(([, , inside = '']) => inside);
