import { definePlugin } from '@oxlint/plugins';
import { whoMayKnowWhom } from './rooms.ts';
import { noSentences } from './sentences.ts';

/** This project's own rules, as a plugin of oxlint. */
export default definePlugin({
  meta: { name: 'house' },
  rules: { 'who-may-know-whom': whoMayKnowWhom, 'no-sentences': noSentences },
});
