import { booleanIn, callBus, propertyCall, type BusCall, type BusReply } from '../bus.ts';

/** The session that this program belongs to. */
const SESSION = {
  bus: 'system',
  name: 'org.freedesktop.login1',
  path: '/org/freedesktop/login1/session/auto',
  face: 'org.freedesktop.login1.Session',
} as const;

/** Whether the desktop told logind that its screen is locked; false where there is no logind. */
export async function readLocked(
  call: (call: BusCall) => Promise<BusReply> = callBus,
): Promise<boolean> {
  const reply = await call(propertyCall(SESSION, 'LockedHint'));
  return reply.kind === 'answer' && booleanIn(reply.text);
}
