import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOfJsonFault } from '../../../electron/core/settings/jsonFault.ts';

it.each([
  ['', 1, 1],
  ['{', 1, 2],
  ['{"a": }', 1, 7],
  ['{"a": 1,\n "b" 2}', 2, 6],
  ['{"a": 1,}', 1, 9],
  ['[1 2]', 1, 4],
  ['[1]\n]', 2, 1],
  ['{"a": \'x\'}', 1, 7],
  ['{"a": "x', 1, 7],
  ['{a: 1}', 1, 2],
  ['[1}', 1, 3],
  ['tru', 1, 1],
  ['// settings\n{}', 1, 1],
])('%j stops being JSON at line %i, column %i', (text, line, column) => {
  expect(() => void JSON.parse(text)).toThrow();
  expect(placeOfJsonFault(text)).toEqual({ line, column });
});

it('finds the end of any JSON that is cut off', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      const text = `[${json}`;
      expect(placeOfJsonFault(text)).toEqual({ line: 1, column: text.length + 1 });
    }),
  );
});
