import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, findAsset } from '../../../electron/desktop/shell/assets.ts';

const folder = '/opt/ibctminer/renderer';

describe('findAsset', () => {
  it('serves the start page at the root', () => {
    expect(findAsset(folder, 'app://ibctminer/')).toEqual({
      path: join(folder, 'index.html'),
      contentType: 'text/html; charset=utf-8',
    });
  });

  it('serves a file by its path and ignores query and fragment', () => {
    expect(findAsset(folder, 'app://ibctminer/assets/main.js?v=1#top')?.path).toBe(
      join(folder, 'assets/main.js'),
    );
  });

  it.each([
    'app://elsewhere/index.html',
    'https://ibctminer/index.html',
    'file:///etc/passwd',
    'app://ibctminer/..%2f..%2fsecret.js',
    'app://ibctminer/..%5c..%5csecret.txt',
    'app://ibctminer//etc/passwd',
    'app://ibctminer/index.html%00.png',
    'app://ibctminer/%ff%fe.js',
    'app://ibctminer/key.pem',
    'not an address',
  ])('finds nothing at %s', (address) => {
    expect(findAsset(folder, address)).toBeNull();
  });

  it.each(['app://ibctminer/../../secret.js', 'app://ibctminer/%2e%2e/%2e%2e/secret.js'])(
    'stays in the folder at %s',
    (address) => {
      expect(findAsset(folder, address)?.path).toBe(join(folder, 'secret.js'));
    },
  );

  it('never leaves the folder, whatever the address', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      'a',
      'index.html',
      '%00',
      '%5c',
      ':',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const asset = findAsset(folder, `app://ibctminer/${pieces.join('')}`);
        expect(asset === null || asset.path.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });
});

describe('the content security policy', () => {
  it('starts from nothing and allows neither inline code nor eval', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe');
    expect(CONTENT_SECURITY_POLICY).not.toContain('*');
  });
});
