import { expect, it } from 'vitest';
import { needless, notOnceListed } from './typed.ts';

it('every command of a document is typed by a test, or it is written down why it is not', () => {
  expect(notOnceListed()).toEqual([]);
});

it('of no command that is gone it is written down where it is typed', () => {
  expect(needless()).toEqual([]);
});
