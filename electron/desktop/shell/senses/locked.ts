import { callBus, propertyCall } from '../bus/bus.ts';
import type { BusReply } from '../bus/connection.ts';
import type { BusCall } from '../bus/message.ts';

/** The session that this program belongs to. */
const SESSION = {
  bus: 'system',
  name: 'org.freedesktop.login1',
  path: '/org/freedesktop/login1/session/auto',
  face: 'org.freedesktop.login1.Session',
} as const;

/** Whether the desktop told logind that its screen is locked; false where there is no logind, `last` where it does not say in time. */
export async function readLocked(
  last: boolean,
  call: (call: BusCall) => Promise<BusReply> = callBus,
): Promise<boolean> {
  const reply = await call(propertyCall(SESSION, 'LockedHint'));
  if (reply.kind === 'late') return last;
  return reply.kind === 'answer' && reply.value === true;
}
