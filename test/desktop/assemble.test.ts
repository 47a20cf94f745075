import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configured, startApp, type RealApp } from '../renderer/support/realApp.ts';

let app: RealApp;
let port: number;
beforeEach(async () => {
  app = startApp(configured());
  port = await freePort();
});
afterEach(() => app.quit());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** As the settings screen does; resolves with what became of the API. */
function switchOnApi(): Promise<unknown> {
  const api = { enabled: true, port, token: 'a-token-for-tests' };
  expect(app.desktop.editor.update({ api }).ok).toBe(true);
  return app.bridge.api.state();
}

it('opens the API as soon as a setting says so', async () => {
  expect(await switchOnApi()).toMatchObject({ ok: true, value: { state: 'on' } });
});

it('opens nothing any more once it ends, though the window may still change settings', async () => {
  const ended = app.quit();
  expect(await switchOnApi()).toMatchObject({ ok: true, value: { state: 'off' } });
  await ended;
});
