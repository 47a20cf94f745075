import { RuleTester } from 'oxlint/plugins-dev';
import { describe, it } from 'vitest';
import { noSentences } from '../../scripts/lint-rules/sentences.ts';

RuleTester.describe = describe;
RuleTester.it = it;

new RuleTester().run('house/no-sentences', noSentences, {
  valid: [
    "log('pool.connected', { host })",
    "const unit = 'kH/s';",
    "throw new RangeError('a nonce has four bytes')",
    '<p>{text.dashboard.title}</p>',
  ].map((code) => ({ code, filename: 'file.tsx' })),
  invalid: [
    "show('The pool is gone.')",
    'show(`${name} went away for good`)',
    "const reason = new Error('the pool went away');",
    '<p>Your wallet address</p>',
  ].map((code) => ({ code, filename: 'file.tsx', errors: 1 })),
});
