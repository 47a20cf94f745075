import { describe, expect, it } from 'vitest';
import { problem } from '../../electron/contract/problem.ts';
import { createText } from '../../electron/contract/text/index.ts';

const text = createText('en');

describe('a problem', () => {
  it('is a code and values, and becomes a sentence where it is shown', () => {
    const found = problem('internal', { reason: 'the disk is gone' });
    expect(found).toMatchObject({ code: 'internal', values: { reason: 'the disk is gone' } });
    expect(text.sentence(found)).toBe('Something went wrong inside the app: the disk is gone');
  });

  it('may hold what led to it', () => {
    const inner = problem('internal', { reason: 'x' });
    expect(text.sentence(problem('internal', { reason: inner }))).toBe(
      'Something went wrong inside the app: Something went wrong inside the app: x',
    );
  });
});
