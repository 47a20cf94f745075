import { expect, it } from 'vitest';
import {
  migrate,
  type Migration,
  type OldDocument,
} from '../../../electron/core/settings/migrations.ts';

const steps: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  [1, (old) => ({ ...old, colour: 'red' })],
  [2, ({ colour, ...rest }) => ({ ...rest, color: colour })],
]);

it('takes an old document through every version in between', () => {
  expect(migrate({ version: 1, kept: true }, 3, steps)).toEqual({
    version: 3,
    kept: true,
    color: 'red',
  });
});

it('leaves a document of the wanted version alone', () => {
  expect(migrate({ version: 3 }, 3, steps)).toEqual({ version: 3 });
});

it.each<OldDocument>([{ version: 4 }, { version: 0 }, { version: '1' }, {}, { version: 1.5 }])(
  'knows no way from %j',
  (document) => {
    expect(migrate(document, 3, steps)).toBeNull();
  },
);
