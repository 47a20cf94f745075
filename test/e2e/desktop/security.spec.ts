import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, root, testOfOneApp as test } from './support/app.ts';

/** Electron's security checklist, rule by rule, on the running app: a rule that is broken turns its test red. */

test('every page is isolated and without Node', async ({ app }) => {
  const seen = await app.page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    electron: typeof Reflect.get(globalThis, 'electron'),
    ipcRenderer: JSON.stringify(Object.keys(window.ibctminer ?? {})).includes('ipcRenderer'),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    electron: 'undefined',
    ipcRenderer: false,
  });
});

test('the bridge is isolated: the page can neither extend nor replace it', async ({ app }) => {
  const replaced = await app.page.evaluate(() => {
    const bridge = window.ibctminer ?? {};
    const wasSet = Reflect.set(bridge, 'mining.start', () => 'replaced');
    return wasSet && Reflect.set(window, 'ibctminer', {}) && window.ibctminer !== bridge;
  });
  expect(replaced).toBe(false);
});

test('the page can run neither inline scripts nor eval, and style itself only by its own files', async ({
  app,
}) => {
  const ran = await app.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.head.append(style);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      inline: Reflect.get(window, 'inlineRan') === true,
      style: getComputedStyle(document.body).outlineWidth === '7px',
    };
  });
  expect(ran).toEqual({ inline: false, style: false });
  // Evaluated as a page's own code would be: from a task, not from the debugger, which is above the policy.
  const evalRan = await app.page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-eval -- that it cannot be done is what is tested
            resolve(Boolean(globalThis.eval('true')));
          } catch {
            resolve(false);
          }
        }, 0);
      }),
  );
  expect(evalRan).toBe(false);
});

test('the policy comes with every answer, from the first byte', async ({ app }) => {
  const headers = await app.page.evaluate(async () => {
    const answers = await Promise.all(['/', '/index.html', '/none.js'].map((path) => fetch(path)));
    return answers.map((answer) => answer.headers.get('content-security-policy'));
  });
  for (const policy of headers) {
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toContain('unsafe');
  }
});

test('the page reaches no host at all', async ({ app }) => {
  const reached = await app.page.evaluate(async () => {
    const tries = [
      fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).then(() => 'fetch'),
      new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve('image');
        image.onerror = () => reject(new Error('refused'));
        image.src = 'https://example.com/x.png';
      }),
    ];
    const results = await Promise.allSettled(tries);
    return results.map((result) => result.status);
  });
  expect(reached).toEqual(['rejected', 'rejected']);
});

test('requests to any host are cancelled, whatever a page’s policy says', async ({ app }) => {
  const server = createServer((_request, response) => response.end('reached'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await app.electron.evaluate(
    ({ net }, address) =>
      net.fetch(address).then(
        (response) => response.text(),
        (error: unknown) => String(error),
      ),
    `http://127.0.0.1:${port}/`,
  );
  server.close();
  expect(answer).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('the page stays where it is', async ({ app }) => {
  const before = app.page.url();
  for (const target of [
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'app://ibctminer/none.html',
  ]) {
    await app.page.evaluate((address) => {
      location.href = address;
    }, target);
    await app.page.waitForTimeout(200);
    expect(app.page.url()).toBe(before);
  }
});

test('the page opens no window and embeds no webview', async ({ app }) => {
  const opened = await app.page.evaluate(() => window.open('app://ibctminer/') === null);
  expect(opened).toBe(true);
  await app.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
  });
  await app.page.waitForTimeout(300);
  const contents = await app.electron.evaluate(
    ({ webContents }) => webContents.getAllWebContents().length,
  );
  expect(contents).toBe(1);
});

test('even a window that allows webviews attaches none', async ({ app }) => {
  const types = await app.electron.evaluate(async ({ BrowserWindow, webContents }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
    await window.loadURL('app://ibctminer/');
    await window.webContents.executeJavaScript(
      `const view = document.createElement('webview'); view.src = 'app://ibctminer/'; document.body.append(view); 0`,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const found = webContents.getAllWebContents().map((contents) => contents.getType());
    window.destroy();
    return found;
  });
  expect(types).not.toContain('webview');
});

test('every permission is denied', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read'];
    const states = names.map(async (name) => {
      const status = await navigator.permissions.query({ name: name as PermissionName });
      return status.state;
    });
    const position = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
      );
    });
    return Promise.all([...states, position, Notification.requestPermission()]);
  });
  expect(answers).toEqual(Array(7).fill('denied'));
});

test('calls are answered to the main frame of our own window only', async ({ app }) => {
  const answer = await app.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const results: unknown[] = [];
      for (const address of ['app://ibctminer/', 'data:text/html,<p>']) {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true },
        });
        await window.loadURL(address);
        results.push(await window.webContents.executeJavaScript(`ibctminer.settings.get()`));
        window.destroy();
      }
      return results;
    },
    join(root, 'out/preload/preload.cjs'),
  );
  for (const result of answer) {
    expect(result).toMatchObject({ ok: false, error: { code: 'untrustedSender' } });
  }
  expect(await app.page.evaluate(() => window.ibctminer?.settings.get())).toMatchObject({
    ok: true,
  });
});

test('calls with input of another shape are refused and change nothing', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const call = (group: string, name: string, input: unknown) =>
      (window.ibctminer as unknown as Record<string, Record<string, (input: unknown) => unknown>>)[
        group
      ]?.[name]?.(input);
    return Promise.all([
      call('settings', 'update', { power: { profile: 'everything' } }),
      call('settings', 'update', { rules: 'none' }),
      call('link', 'open', { id: 'https://example.com' }),
      call('mining', 'pause', { minutes: 'forever' }),
      call('mining', 'start', { force: true }),
      call('clipboard', 'write', { text: 'x'.repeat(100_001) }),
    ]);
  });
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, error: { code: 'badInput' } });
});

test('the protocol serves the package and nothing beside it', async ({ app }) => {
  const statuses = await app.page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/..%2f..%2fpackage.json',
      '/%2e%2e%2f%2e%2e%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/index.html%00.js',
    ];
    return Promise.all(paths.map(async (path) => (await fetch(`app://ibctminer${path}`)).status));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
  const elsewhere = await app.page.evaluate(() =>
    fetch('app://elsewhere/index.html').then(
      (answer) => answer.status,
      () => 'refused',
    ),
  );
  expect(elsewhere).toBe('refused');
});

test('developer tools stay shut', async ({ app }) => {
  const opened = await app.electron.evaluate(async ({ webContents }) => {
    const contents = webContents.getAllWebContents()[0];
    const opening = new Promise<boolean>((resolve) => {
      contents?.once('devtools-opened', () => resolve(true));
      setTimeout(() => resolve(false), 4000);
    });
    contents?.openDevTools({ mode: 'detach' });
    return opening;
  });
  expect(opened).toBe(false);
});

test('a build without a release key says so, asks no server, and claims nothing of its files', async ({
  app,
}) => {
  const told = await app.page.evaluate(async () => {
    await window.ibctminer?.settings.update({ updates: { look: true } });
    return [
      await window.ibctminer?.release.lookNow(),
      await window.ibctminer?.release.compareOwnFiles(),
    ];
  });
  expect(told).toMatchObject([
    { ok: true, value: { update: { state: 'unavailable', problem: { code: 'releaseKeyNone' } } } },
    { ok: true, value: { state: 'unsigned' } },
  ]);
});
