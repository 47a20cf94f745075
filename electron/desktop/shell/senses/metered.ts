import { callBus, daemonCall, propertyCall } from '../bus/bus.ts';
import type { BusReply } from '../bus/connection.ts';
import type { BusCall } from '../bus/message.ts';

const NAME = 'org.freedesktop.NetworkManager';
const MANAGER = { bus: 'system', name: NAME, path: '/org/freedesktop/NetworkManager' } as const;
/** NMMetered: 0 unknown, 1 yes, 2 no, 3 guessed yes, 4 guessed no. */
const METERED: ReadonlySet<unknown> = new Set([1, 3]);

/** Whether NetworkManager takes the connection for one that is paid by volume; null where it is not running, `last` where it does not say. */
export async function readMetered(
  last: boolean | null,
  call: (call: BusCall) => Promise<BusReply> = callBus,
): Promise<boolean | null> {
  // Calling a name that nobody owns might start a program for it.
  const owned = await call(daemonCall('system', 'NameHasOwner', NAME));
  if (owned.kind !== 'answer') return last;
  if (owned.value !== true) return null;
  const reply = await call(propertyCall(MANAGER, 'Metered'));
  return reply.kind === 'answer' ? METERED.has(reply.value) : last;
}
