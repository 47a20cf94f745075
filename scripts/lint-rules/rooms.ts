import { dirname, join, relative } from 'node:path';
import { defineRule, type ESTree } from '@oxlint/plugins';

interface Room {
  readonly room: string;
  readonly mayKnow: readonly string[];
  readonly noNode?: boolean;
}

/**
 * Who may know whom (docs/architecture.md). A room is a folder, or a file that stands for itself; the longest match is a
 * file's room. `mayKnow`: rooms, and packages where they have one door only. What is inside a room may know the rest of it.
 */
export const rooms: readonly Room[] = [
  { room: 'electron/contract', mayKnow: [] },
  { room: 'electron/core/clock.ts', mayKnow: [] },
  { room: 'electron/core/work', mayKnow: ['electron/contract', 'electron/core/clock.ts'] },
  { room: 'electron/core/wallet', mayKnow: ['electron/contract'] },
  {
    room: 'electron/core/settings',
    mayKnow: ['electron/contract', 'electron/core/clock.ts', 'electron/core/wallet/redact.ts'],
  },
  { room: 'electron/core/system', mayKnow: ['electron/contract', 'electron/core/clock.ts'] },
  { room: 'electron/core/rules', mayKnow: ['electron/contract', 'electron/core/clock.ts'] },
  {
    room: 'electron/core/release',
    mayKnow: ['electron/contract', 'electron/core/clock.ts', 'electron/core/settings/files.ts'],
  },
  {
    room: 'electron/core/engine',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/work/job.ts',
      'electron/core/settings',
      'electron/core/system',
      'package:randomx-native-prebuilt',
    ],
  },
  {
    room: 'electron/core/mining',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/work',
      'electron/core/engine',
      'electron/core/rules',
    ],
  },
  {
    room: 'electron/core/history',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/settings/files.ts',
      'electron/core/settings/made.ts',
      'electron/core/settings/refusals.ts',
      'electron/core/work/source.ts',
      'electron/core/mining',
    ],
  },
  {
    room: 'electron/core/money',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/work',
      'electron/core/mining',
      'electron/core/rules/schedule.ts',
      'electron/core/settings/files.ts',
    ],
  },
  {
    room: 'electron/core/poolAccounts',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/work',
      'electron/core/money/p2pool.ts',
      'electron/core/money/poisson.ts',
      'electron/core/settings/files.ts',
      'electron/core/settings/made.ts',
    ],
  },
  {
    room: 'electron/core/api',
    mayKnow: [
      'electron/contract',
      'electron/core/clock.ts',
      'electron/core/engine',
      'electron/core/mining',
    ],
  },
  { room: 'electron/desktop/app', mayKnow: ['electron/contract', 'electron/core'] },
  { room: 'electron/desktop/updates', mayKnow: ['electron/contract', 'electron/core'] },
  {
    room: 'electron/desktop/ipc',
    mayKnow: ['electron/contract', 'electron/core', 'electron/desktop/app'],
  },
  {
    room: 'electron/desktop/ipc/register.ts',
    mayKnow: [
      'electron/contract',
      'electron/desktop/ipc',
      'electron/desktop/shell/assets.ts',
      'package:electron',
    ],
  },
  {
    room: 'electron/desktop/shell',
    mayKnow: [
      'electron/contract',
      'electron/core',
      'electron/desktop/app',
      'electron/desktop/ipc',
      'package:electron',
    ],
  },
  { room: 'electron/desktop/preload.ts', mayKnow: ['electron/contract', 'package:electron'] },
  {
    room: 'electron/desktop/assemble.ts',
    mayKnow: ['electron/contract', 'electron/core', 'electron/desktop'],
  },
  {
    room: 'electron/desktop/main.ts',
    mayKnow: ['electron/contract', 'electron/core', 'electron/desktop', 'package:electron'],
  },
  { room: 'electron/terminal', mayKnow: ['electron/contract', 'electron/core'] },
  { room: 'renderer', mayKnow: ['electron/contract'], noNode: true },
  { room: 'native', mayKnow: ['package:koffi'] },
];

/** Packages that have one door; everything else may be imported from anywhere that may have Node. */
const guardedPackages = ['electron', 'koffi', 'randomx-native-prebuilt'];

const isInside = (path: string, room: string) => path === room || path.startsWith(`${room}/`);

/** Undefined for what the rule does not judge. */
export function roomOf(path: string): Room | undefined {
  return rooms
    .filter(({ room }) => isInside(path, room))
    .sort((one, other) => other.room.length - one.room.length)[0];
}

/** Why `file` (from the root) must not import `specifier`; null when it may. */
export function complaint(file: string, specifier: string): string | null {
  const from = roomOf(file);
  if (from === undefined) return null;
  const known = [from.room, ...from.mayKnow].join(', ');
  if (!specifier.startsWith('.')) {
    if (from.noNode && specifier.startsWith('node:')) return `${from.room} has no Node.`;
    const name = guardedPackages.find((guarded) => isInside(specifier, guarded));
    if (name === undefined || from.mayKnow.includes(`package:${name}`)) return null;
    return `${from.room} must not know the package ${name}; it knows ${known}.`;
  }
  const target = join(dirname(file), specifier);
  const to = roomOf(target);
  if (to === undefined || to === from) return null;
  if (from.mayKnow.some((room) => isInside(target, room))) return null;
  return `${from.room} must not know ${to.room}; it knows ${known}.`;
}

/** The rule on every import, export and import(). */
export const whoMayKnowWhom = defineRule({
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{why}}' } },
  create(context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const check = ({ source }: { readonly source?: ESTree.Node | null }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const why = complaint(file, source.value);
      if (why !== null) context.report({ node: source, messageId: 'forbidden', data: { why } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
});
