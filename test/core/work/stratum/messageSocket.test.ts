import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import type { Problem } from '../../../../electron/contract/problem.ts';
import { MessageSocket } from '../../../../electron/core/work/stratum/messageSocket.ts';

/** A socket whose other side reads nothing: no write is ever done. */
class FullSocket extends Socket {
  override _write(): void {
    // Never calls back.
  }
}

it('a pool that reads nothing is given up before much piles up', async () => {
  const socket = new FullSocket();
  const codes: string[] = [];
  const listener = {
    message: () => undefined,
    broken: ({ code }: Problem) => void codes.push(code),
  };
  const messages = new MessageSocket(socket, {}, { nowMs: () => 0 }, listener);
  messages.open();
  while (codes.length === 0 && socket.writableLength < 1_000_000) {
    messages.send((id) => ({ id, padding: 'x'.repeat(1000) }));
    await Promise.resolve();
  }
  expect(codes).toEqual(['poolNotReading']);
  expect(socket.writableLength).toBeLessThan(70_000);
  messages.close();
});
