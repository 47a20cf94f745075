import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const target = `${process.platform}-${process.arch}`;
let folder = '';

/** The package as it is packed, unpacked where nothing else of this project is; npm would put koffi beside it. */
beforeAll(() => {
  execFileSync(process.execPath, ['scripts/pack-engine.mjs'], { cwd: repository, stdio: 'pipe' });
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-package-'));
  mkdirSync(join(folder, 'node_modules/randomx-native-prebuilt'), { recursive: true });
  execFileSync('tar', [
    ...['-xzf', join(repository, 'release/randomx-native-prebuilt-1.0.0.tgz')],
    ...['-C', join(folder, 'node_modules/randomx-native-prebuilt'), '--strip-components=1'],
  ]);
  for (const name of ['koffi', '@koromix']) {
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runThere(name: string, source: string): { stdout: string; stderr: string } {
  writeFileSync(join(folder, name), source);
  return spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
}

describe('the package by itself', () => {
  it('lets a pool operator verify shares, and anybody mine', () => {
    const { stdout, stderr } = runThere(
      'pool.mjs',
      `import { Miner, cpuReport, hash, releaseCaches, verify } from 'randomx-native-prebuilt';
       const key = Buffer.from('test key 000');
       const { result } = await hash({ algorithm: 'rx/0', key, input: Buffer.from('This is a test') });
       console.log(Buffer.from(result).toString('hex'));
       const blob = Buffer.alloc(76);
       const target = 2n ** 64n - 1n;
       const miner = Miner.create({ cpus: [cpuReport().recommendedCpus[0]], mode: 'light' });
       miner.setJob({ algorithm: 'rx/0', blob, nonceOffset: 39, reservedNonceBytes: 0, target, key });
       let share;
       while (share === undefined) {
         share = miner.poll().events.find((event) => event.type === 'share');
         await new Promise((resolve) => setTimeout(resolve, 20));
       }
       await miner.stop();
       blob.set(share.nonce, 39);
       const claim = { algorithm: 'rx/0', key, input: blob, target };
       console.log(await verify({ ...claim, result: share.result }));
       console.log(await verify({ ...claim, result: Buffer.alloc(32) }));
       await releaseCaches();`,
    );
    expect(stderr).toBe('');
    // The first vector of RandomX's own tests.
    expect(stdout.trim().split('\n')).toEqual([
      '639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f',
      'true',
      'false',
    ]);
  });

  it('brings its types', () => {
    writeFileSync(
      join(folder, 'typed.ts'),
      `import { verify, type Algorithm, type RandomxErrorCode } from 'randomx-native-prebuilt';
       const algorithm: Algorithm = 'rx/0';
       const code: RandomxErrorCode = 'outOfMemory';
       const input = new Uint8Array(76);
       export const good: Promise<boolean> =
         verify({ algorithm, key: input, input, result: input, target: 1n });
       // @ts-expect-error: a target is a bigint
       void verify({ algorithm, key: input, input, result: input, target: code });`,
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const types = ['--types', 'node', '--typeRoots', join(repository, 'node_modules/@types')];
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(repository, 'node_modules/typescript/bin/tsc'), ...options, ...types, 'typed.ts'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('takes no library but the one it was packed with', () => {
    const prebuilt = join(folder, 'node_modules/randomx-native-prebuilt/prebuilt', target);
    appendFileSync(join(prebuilt, 'librandomx_native.so'), ' ');
    const { stderr } = runThere(
      'changed.mjs',
      `import { libraryHash } from 'randomx-native-prebuilt';
       try { libraryHash(); } catch (error) { console.error(error.code); }`,
    );
    expect(stderr.trim()).toBe('libraryMismatch');
  });
});
