import { describe, expect, it } from 'vitest';
import { classifyError } from '../../../../electron/core/work/stratum/poolErrors.ts';
import { poolErrors } from '../../../support/stratum/poolErrors.ts';

describe('error table', () => {
  it.each(poolErrors.flatMap(([kind, texts]) => texts.map((text) => [text, kind] as const)))(
    '%s: %s',
    (text, kind) => {
      expect(classifyError(text)).toBe(kind);
      expect(classifyError(text.toUpperCase())).toBe(kind);
    },
  );

  it('does not guess', () => {
    expect(classifyError('The quick brown fox')).toBeUndefined();
    expect(classifyError('')).toBeUndefined();
    expect(classifyError('You are not banned')).toBeUndefined();
  });
});
