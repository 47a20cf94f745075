import { defineConfig } from 'oxlint';

/**
 * What is wrong or useless is an error by its category; for TypeScript besides whatever lets a type be less than it says or
 * a promise be forgotten: typescript-eslint's `strict-type-checked`, as far as oxlint has it. Types are checked in the same run.
 */
export default defineConfig({
  plugins: ['typescript', 'react', 'oxc'],
  jsPlugins: ['./scripts/lint-rules/house.ts'],
  options: {
    typeAware: true,
    typeCheck: true,
    denyWarnings: true,
    reportUnusedDisableDirectives: 'error',
  },
  categories: { correctness: 'error' },
  ignorePatterns: ['**/dist', '.cache', 'out', 'native/build', 'release', 'test-artefacts'],
  rules: {
    'no-array-constructor': 'error',
    'no-useless-constructor': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'prefer-rest-params': 'error',
    'prefer-spread': 'error',
    // What our expressions name on purpose: control characters in what a pool sent, French no-break spaces.
    'no-control-regex': 'off',
    'no-irregular-whitespace': [
      'error',
      { skipStrings: true, skipTemplates: true, skipComments: true },
    ],
    'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
  },
  overrides: [
    {
      // Scripts have no types of their own to hold them to.
      files: ['**/*.mjs'],
      rules: {
        'typescript/require-array-sort-compare': 'off',
        'typescript/restrict-template-expressions': 'off',
      },
    },
    {
      files: ['**/*.{ts,tsx}'],
      rules: {
        'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
        'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        'typescript/no-deprecated': 'error',
        'typescript/no-dynamic-delete': 'error',
        'typescript/no-empty-object-type': 'error',
        'typescript/no-explicit-any': 'error',
        'typescript/no-extraneous-class': 'error',
        'typescript/no-generated-empty-object-type': 'error',
        'typescript/no-invalid-void-type': 'error',
        'typescript/no-misused-promises': 'error',
        'typescript/no-mixed-enums': 'error',
        'typescript/no-namespace': 'error',
        'typescript/no-non-null-asserted-nullish-coalescing': 'error',
        'typescript/no-non-null-assertion': 'error',
        'typescript/no-require-imports': 'error',
        'typescript/no-unnecessary-boolean-literal-compare': 'error',
        'typescript/no-unnecessary-condition': 'error',
        'typescript/no-unnecessary-template-expression': 'error',
        'typescript/no-unnecessary-type-arguments': 'error',
        'typescript/no-unnecessary-type-assertion': 'error',
        'typescript/no-unnecessary-type-constraint': 'error',
        'typescript/no-unnecessary-type-conversion': 'error',
        'typescript/no-unnecessary-type-parameters': 'error',
        'typescript/no-unsafe-argument': 'error',
        'typescript/no-unsafe-assignment': 'error',
        'typescript/no-unsafe-call': 'error',
        'typescript/no-unsafe-enum-assignment': 'error',
        'typescript/no-unsafe-enum-comparison': 'error',
        'typescript/no-unsafe-function-type': 'error',
        'typescript/no-unsafe-member-access': 'error',
        'typescript/no-unsafe-return': 'error',
        'typescript/only-throw-error': 'error',
        'typescript/prefer-literal-enum-member': 'error',
        'typescript/prefer-promise-reject-errors': 'error',
        'typescript/prefer-reduce-type-parameter': 'error',
        'typescript/prefer-return-this-type': 'error',
        'typescript/related-getter-setter-pairs': 'error',
        'typescript/require-await': 'error',
        'typescript/restrict-plus-operands': [
          'error',
          {
            allowAny: false,
            allowBoolean: false,
            allowNullish: false,
            allowNumberAndString: false,
            allowRegExp: false,
          },
        ],
        'typescript/restrict-template-expressions': [
          'error',
          { allowNumber: true, allowBoolean: true },
        ],
        'typescript/return-await': ['error', 'error-handling-correctness-only'],
        'typescript/switch-exhaustiveness-check': 'error',
        'typescript/unified-signatures': 'error',
        'typescript/use-unknown-in-catch-callback-variable': 'error',
      },
    },
    {
      files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'native/js/**/*.ts'],
      rules: { 'house/who-may-know-whom': 'error' },
    },
    {
      // Every sentence for people is in the catalogue, a file for each language (`de.ts`, `pt-BR.ts`). Help texts of metrics are for programs and those who write them.
      files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
      excludeFiles: ['electron/contract/text/{??,*-*}.ts', 'electron/core/api/metrics.ts'],
      rules: { 'house/no-sentences': 'error' },
    },
    {
      // The system's clock may be set at any moment: who asks for the time says which of the two is meant.
      files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
      excludeFiles: ['electron/core/clock.ts', 'renderer/store/pageClock.ts'],
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
      rules: { 'no-use-before-define': 'error' },
    },
    {
      files: ['renderer/**/*.{ts,tsx}'],
      rules: { 'react/rules-of-hooks': 'error', 'react/exhaustive-deps': 'error' },
    },
  ],
});
