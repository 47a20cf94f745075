import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact } from '../../../electron/core/wallet/redact.ts';
import { anyText } from '../../support/anyText.ts';

const address =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';

it('no address is left, whatever stands around it', () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      expect(redact(before + address + after)).not.toContain(address.slice(10, 40));
    }),
  );
});

it('hides an address in a login line and says that one stood there', () => {
  expect(redact(`{"login":"${address}+5000","pass":"x"}`)).toBe(
    '{"login":"[address]+5000","pass":"x"}',
  );
});

it('hides a mistyped address too', () => {
  expect(redact(`${address.slice(0, 50)}O${address.slice(51)}`)).toBe('[address]');
});

it('leaves blobs and hashes readable', () => {
  const blob = '0707d5efb9d6057e95a35f868231780b'.repeat(5);
  expect(redact(`blob ${blob}`)).toBe(`blob ${blob}`);
});
