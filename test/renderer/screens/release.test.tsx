import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screen, waitFor } from '@testing-library/react';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestSigner } from '../../support/minisign.ts';
import { configured, type Installed } from '../support/realApp.ts';
import { button, noButton, showApp } from '../support/renderApp.tsx';

const signer = new TestSigner();
const keys = [signer.publicKey];

describe('new versions', () => {
  let asked = 0;
  let list = '';
  let signature = '';
  let program = '';
  const server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/program') response.end(program);
    else response.end(request.url?.endsWith('.minisig') === true ? signature : list);
  });
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => new Promise((closed) => server.close(closed)));

  function publish(version: string, issuedAt = new Date()): void {
    const sha256 = createHash('sha256').update('the newer program').digest('hex');
    const file = { name: 'program', bytes: 17, sha256 };
    const files = { [`appImage-${process.arch}`]: file, [`nsis-${process.arch}`]: file };
    list = JSON.stringify({ version, issuedAt: issuedAt.toISOString(), files });
    signature = signer.sign(list, `ibctminer release.json ${version}`);
  }
  beforeEach(() => {
    asked = 0;
    program = 'the newer program';
    publish('1.1.0');
  });

  async function settings(look = true, installed: Partial<Installed> = {}) {
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const app = await showApp(configured({ updates: { look } }), () => undefined, {
      publisher: { address, keys },
      ...installed,
    });
    await app.user.click(button('Settings'));
    await app.user.click(button('Connections'));
    return app;
  }

  test('are not looked for until the user says so, who is told which host is asked', async () => {
    const { user, desktop } = await settings(false);
    expect(await screen.findByText(/Asks 127\.0\.0\.1:\d+ once a day/)).toBeDefined();
    expect(noButton('Look now')).toBe(true);
    expect(asked).toBe(0);
    await user.click(screen.getByRole('switch', { name: 'Look for new versions' }));
    expect(await screen.findByText(/Version 1\.1\.0 is available/)).toBeDefined();
    expect(desktop.settings.updates).toEqual({ look: true });
    expect(asked).toBe(2);
  });

  test('are told with the command of the system’s packages', async () => {
    const { user, copied } = await settings();
    expect(await screen.findByText(/Version 1\.1\.0 is available/)).toBeDefined();
    await user.click(button('Copy command'));
    expect(copied).toEqual(['sudo apt update && sudo apt install --only-upgrade ibctminer']);
  });

  test('are told with the download page where no packages are', async () => {
    const { user, opened } = await settings(true, {
      installation: { kind: 'folder', command: 'rm -r /home/user/Ibctminer' },
    });
    await user.click(await screen.findByRole('button', { name: 'Open the download page' }));
    expect(opened).toEqual(['releases']);
  });

  test('are fetched and take this one’s place, each when the user says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibctminer-appimage-'));
    const appImage = join(folder, 'Ibctminer.AppImage');
    writeFileSync(appImage, 'the old program');
    const { user, handedOver } = await settings(true, {
      installation: { kind: 'appImage', command: '' },
      appImage,
    });
    program = 'the newer prograM';
    await user.click(await screen.findByRole('button', { name: 'Download (0 kB)' }));
    expect(await screen.findByText(/not what was signed, so it was deleted/)).toBeDefined();
    program = 'the newer program';
    await user.click(button('Try again'));
    await user.click(await screen.findByRole('button', { name: 'Install and start again' }));
    await waitFor(() => expect(handedOver).toEqual([appImage, 'quit']));
    expect(readFileSync(appImage, 'utf8')).toBe('the newer program');
    await user.click(button('About'));
    expect(await screen.findByText(/The program itself when you press Download/)).toBeDefined();
    rmSync(folder, { recursive: true });
  });

  test('are handed to the system where an installer brings them', async () => {
    const { user, handedOver, folder } = await settings(true, {
      installation: { kind: 'nsis', command: '' },
    });
    await user.click(await screen.findByRole('button', { name: 'Download (0 kB)' }));
    await user.click(await screen.findByRole('button', { name: 'Quit and open the installer' }));
    await waitFor(() => expect(handedOver).toEqual([join(folder, 'updates/program'), 'quit']));
  });

  test('may be hidden by an old list, which is said', async () => {
    publish('1.0.0', new Date(0));
    await settings();
    expect(await screen.findByText(/signed [\d,]+ days ago/)).toBeDefined();
    expect(screen.getByText(/This is the newest version/)).toBeDefined();
  });

  test('are asked for again by a button, and what went wrong is said', async () => {
    list = list.replace('1.1.0', '6.6.6');
    const { user } = await settings();
    expect(await screen.findByText(/changed after it was signed/)).toBeDefined();
    publish('1.0.0');
    await user.click(button('Look now'));
    expect(await screen.findByText(/This is the newest version/)).toBeDefined();
  });

  test('cannot be looked for by a build without a key', async () => {
    const { user } = await showApp(configured({ updates: { look: true } }));
    await user.click(button('Settings'));
    await user.click(button('Connections'));
    expect(await screen.findByText(/no release key/)).toBeDefined();
    expect(noButton('Look now')).toBe(true);
  });
});

describe('the app’s own files', () => {
  async function compareAs(tamper: (folder: string) => void, by = keys) {
    const folder = mkdtempSync(join(tmpdir(), 'ibctminer-files-'));
    const sum = createHash('sha256').update('the program').digest('hex');
    const sums = `${sum}  ibctminer-desktop\n`;
    mkdirSync(join(folder, 'resources'));
    writeFileSync(join(folder, 'ibctminer-desktop'), 'the program');
    writeFileSync(join(folder, 'resources/SHA256SUMS'), sums);
    const signature = signer.sign(sums, 'ibctminer SHA256SUMS 1.0.0');
    writeFileSync(join(folder, 'resources/SHA256SUMS.minisig'), signature);
    tamper(folder);
    const { user } = await showApp(configured(), () => undefined, {
      program: join(folder, 'ibctminer-desktop'),
      publisher: { address: 'http://127.0.0.1:9/', keys: by },
    });
    await user.click(button('About'));
    await user.click(button('Compare files'));
    return () => rmSync(folder, { recursive: true });
  }

  test('are as they were released, and the command says so from outside', async () => {
    const clear = await compareAs(() => undefined);
    expect(await screen.findByText(/1 file is as it was released/)).toBeDefined();
    expect(screen.getByText(/minisign -Vm resources\/SHA256SUMS -P RW/)).toBeDefined();
    clear();
  });

  test('are told by name where they differ', async () => {
    const clear = await compareAs((folder) => {
      writeFileSync(join(folder, 'ibctminer-desktop'), 'another');
      writeFileSync(join(folder, 'x.so'), '');
    });
    const { textContent } = await screen.findByRole('alert');
    expect(textContent).toContain('Changed: ibctminer-desktop');
    expect(textContent).toContain('Not from us: x.so');
    clear();
  });

  test('cannot be told of a development build', async () => {
    const clear = await compareAs((folder) => rmSync(join(folder, 'resources/SHA256SUMS')));
    expect(await screen.findByText(/came without a signed list/)).toBeDefined();
    clear();
  });

  test('are not trusted where the list is not', async () => {
    const clear = await compareAs(() => undefined, [new TestSigner().publicKey]);
    await screen.findByText(/not signed with a key of Ibctminer/);
    clear();
  });
});
