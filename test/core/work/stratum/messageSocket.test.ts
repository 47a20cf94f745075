import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Wire } from '../../../../electron/core/work/stratum/wire.ts';

/** A socket whose other side reads nothing: no write is ever done. */
class FullSocket extends Socket {
  override _write(): void {
    // Never calls back.
  }
}

it('a pool that reads nothing is given up before much piles up', async () => {
  const socket = new FullSocket();
  const codes: string[] = [];
  const listener = { message: () => undefined, broken: (code: string) => void codes.push(code) };
  const wire = new Wire(socket, {}, { nowMs: () => 0 }, listener);
  wire.open();
  while (codes.length === 0 && socket.writableLength < 1_000_000) {
    wire.send((id) => ({ id, padding: 'x'.repeat(1000) }));
    await Promise.resolve();
  }
  expect(codes).toEqual(['pool_silent']);
  expect(socket.writableLength).toBeLessThan(70_000);
  wire.close();
});
