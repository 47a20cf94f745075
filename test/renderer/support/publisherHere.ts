import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Publisher } from '../../../electron/core/release/lookForRelease.ts';
import { TestSigner } from '../../support/minisign.ts';

/** Publishes version 1.1.0 for AppImages on this computer; `served` is what comes instead of `program`, if anything does. */
export async function publisherHere(
  program: Buffer,
  served = program,
): Promise<{ readonly publisher: Publisher; readonly close: () => Promise<void> }> {
  const signer = new TestSigner();
  const sha256 = createHash('sha256').update(program).digest('hex');
  const list = JSON.stringify({
    ...{ version: '1.1.0', issuedAt: new Date().toISOString() },
    files: {
      [`appImage-${process.arch}`]: { name: 'program', bytes: program.length, sha256 },
    },
  });
  const answers: Readonly<Record<string, string | Buffer>> = {
    '/release.json': list,
    '/release.json.minisig': signer.sign(list, 'ibctminer release.json 1.1.0'),
    '/program': served,
  };
  const server = createServer((request, response) => response.end(answers[request.url ?? '']));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    publisher: { address, keys: [signer.publicKey] },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
