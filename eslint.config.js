import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Who may know whom (docs/architecture.md): each room lists the rooms it may import from.
 * Only shell/, main.ts and preload.ts know Electron, so that the rest runs and is tested on plain Node.
 */
const rooms = [
  { room: 'shared', mayKnow: [] },
  { room: 'work', mayKnow: ['shared'] },
  { room: 'wallet', mayKnow: ['shared'] },
  { room: 'settings', mayKnow: ['shared'] },
  { room: 'system', mayKnow: ['shared'] },
  { room: 'engine', mayKnow: ['shared', 'work/job'] },
  { room: 'mining', mayKnow: ['shared', 'work', 'engine'] },
  { room: 'api', mayKnow: ['shared', 'mining'] },
  {
    room: 'app',
    mayKnow: ['shared', 'api', 'work', 'engine', 'mining', 'wallet', 'settings', 'system'],
  },
  {
    room: 'cli',
    mayKnow: ['shared', 'work', 'engine', 'mining', 'api', 'wallet', 'settings', 'system'],
  },
  { room: 'shell', mayKnow: ['shared', 'app', 'mining', 'settings', 'system', 'wallet'] },
];

const koffiPattern = {
  group: ['koffi'],
  message: 'Only native/js knows koffi; use randomx-native-prebuilt.',
};
const electronPattern = {
  regex: '^electron(/|$)',
  message: 'Only shell/, main.ts and preload.ts know Electron.',
};

/** Import patterns a room must not use: every other room that it may not know. */
function forbiddenRooms({ room, mayKnow }) {
  return rooms
    .map((other) => other.room)
    .filter((other) => other !== room && !mayKnow.includes(other))
    .map((other) => ({
      regex: `^(\\.\\./)+${other}/(?!${
        mayKnow
          .filter((known) => known.startsWith(`${other}/`))
          .map((known) => `${known.slice(other.length + 1)}\\.`)
          .join('|') || '$^'
      })`,
      message: `electron/${room} must not know electron/${other}.`,
    }));
}

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', 'out', 'native/build', 'release', 'test-artefacts'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.mjs', 'scripts/*.mjs'] },
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
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [koffiPattern, electronPattern] }] },
  },
  ...rooms.map((entry) => ({
    files: [`electron/${entry.room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            koffiPattern,
            ...(entry.room === 'shell' ? [] : [electronPattern]),
            ...forbiddenRooms(entry),
          ],
        },
      ],
    },
  })),
  {
    files: ['electron/main.ts', 'electron/preload.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [koffiPattern] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            koffiPattern,
            electronPattern,
            {
              regex: '^(\\.\\./)+electron/(?!shared/)',
              message: 'The renderer knows electron/shared only.',
            },
            { regex: '^node:', message: 'The renderer has no Node.' },
          ],
        },
      ],
    },
  },
);
