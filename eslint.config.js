import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { whoMayKnowWhom } from './scripts/lint-rules/rooms.ts';
import { noSentences } from './scripts/lint-rules/sentences.ts';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/dist',
      '.cache',
      'out',
      'native/build',
      'release',
      'test-artefacts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: './tsconfig.json',
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'native/js/**/*.ts'],
    plugins: { house: { rules: { 'who-may-know-whom': whoMayKnowWhom } } },
    rules: { 'house/who-may-know-whom': 'error' },
  },
  {
    // Every sentence for people is in the catalogue, a file for each language (`de.ts`, `pt-BR.ts`). Help texts of metrics are for programs and those who write them.
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    ignores: ['electron/contract/text/{??,*-*}.ts', 'electron/core/api/metrics.ts'],
    plugins: { text: { rules: { 'no-sentences': noSentences } } },
    rules: { 'text/no-sentences': 'error' },
  },
  {
    // The system's clock may be set at any moment: who asks for the time says which of the two is meant.
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    ignores: ['electron/core/clock.ts', 'renderer/store/pageClock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['Date', 'performance'].map((object) => ({
          ...{ object, property: 'now' },
          message:
            'Ask clock.ts (in the page: pageClock.ts): nowMs for intervals, wallMs for display and records.',
        })),
      ],
    },
  },
  {
    // The composition roots are lists: what is built is made of what stands above it.
    files: ['electron/desktop/{assemble,main}.ts', 'electron/terminal/{main,run}.ts'],
    rules: { '@typescript-eslint/no-use-before-define': 'error' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
);
