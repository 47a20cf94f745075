import { describe, expect, it } from 'vitest';
import { parseWalletLogin } from '../../../electron/core/wallet/login.ts';

const address =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';

describe('a wallet login', () => {
  it('is an address alone', () => {
    expect(parseWalletLogin(` ${address} `)).toEqual({
      ok: true,
      value: { address, kind: 'standard', login: address },
    });
  });

  it('may carry a difficulty, a rig name, or both', () => {
    expect(parseWalletLogin(`${address}+18446744073709551615`)).toMatchObject({
      value: { address, login: `${address}+18446744073709551615`, difficulty: 2n ** 64n - 1n },
    });
    expect(parseWalletLogin(`${address}.attic-1`)).toMatchObject({
      value: { address, login: `${address}.attic-1`, rig: 'attic-1' },
    });
    expect(parseWalletLogin(`${address}.attic+5000`)).toMatchObject({
      value: { address, rig: 'attic', difficulty: 5000n },
    });
  });

  it.each([
    [`${address.slice(0, -1)}+5000`, 'addressTooShort'],
    [`${address}+0`, 'walletDifficulty'],
    [`${address}+`, 'walletDifficulty'],
    [`${address}+1e4`, 'walletDifficulty'],
    [`${address}+18446744073709551616`, 'walletDifficulty'],
    [`${address}.`, 'walletRig'],
    [`${address}.two words`, 'walletRig'],
    [`${address}.${'r'.repeat(32)}`, 'walletRig'],
    ['', 'addressMissing'],
  ])('%s is refused: %s', (text, code) => {
    expect(parseWalletLogin(text)).toMatchObject({ ok: false, error: { code } });
  });
});
