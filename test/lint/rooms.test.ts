import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** What the project's own rule on imports says about one import in one file. */
async function complaints(file: string, imported: string): Promise<string[]> {
  const config = (await eslint.calculateConfigForFile(join(root, file))) as {
    rules: { 'no-restricted-imports'?: Linter.RuleEntry };
  };
  const rule = config.rules['no-restricted-imports'];
  if (rule === undefined) return [];
  const only = {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    rules: { 'no-restricted-imports': rule },
  };
  const messages = new Linter().verify(`import '${imported}';`, [only], { filename: file });
  return messages.map(({ message }) => message);
}

describe('who may know whom', () => {
  it.each([
    ['electron/work/stratum/client.ts', '../../mining/session.ts'],
    ['electron/work/source.ts', '../wallet/address.ts'],
    ['electron/wallet/address.ts', '../work/job.ts'],
    ['electron/settings/store.ts', '../system/memory.ts'],
    ['electron/system/memory.ts', '../settings/store.ts'],
    ['electron/shared/ipc.ts', '../work/job.ts'],
    ['electron/engine/engine.ts', '../work/source.ts'],
    ['electron/engine/engine.ts', '../mining/session.ts'],
    ['electron/mining/session.ts', '../shell/window.ts'],
    ['electron/mining/policies/idle.ts', '../../app/desktop.ts'],
    ['electron/mining/session.ts', '../cli/run.ts'],
    ['electron/shell/window.ts', '../work/job.ts'],
    ['electron/cli/run.ts', '../shell/window.ts'],
    ['electron/api/server.ts', '../cli/run.ts'],
    ['electron/mining/session.ts', 'electron'],
    ['electron/app/desktop.ts', 'electron/main'],
    ['electron/headless.ts', 'electron'],
    ['electron/engine/engine.ts', 'koffi'],
    ['electron/main.ts', 'koffi'],
    ['renderer/main.tsx', 'electron'],
    ['renderer/screens/Dashboard.tsx', '../../electron/mining/session.ts'],
    ['renderer/screens/Dashboard.tsx', 'node:fs'],
  ])('%s must not import %s', async (file, imported) => {
    expect(await complaints(file, imported)).toHaveLength(1);
  });

  it.each([
    ['electron/work/stratum/client.ts', '../../shared/result.ts'],
    ['electron/work/stratum/client.ts', '../source.ts'],
    ['electron/engine/engine.ts', '../work/job.ts'],
    ['electron/engine/engine.ts', 'randomx-native-prebuilt'],
    ['electron/mining/session.ts', '../work/source.ts'],
    ['electron/cli/run.ts', '../api/server.ts'],
    ['electron/shell/window.ts', 'electron'],
    ['electron/main.ts', 'electron'],
    ['renderer/screens/Dashboard.tsx', '../../electron/shared/snapshot.ts'],
    ['native/js/library.ts', 'koffi'],
  ])('%s may import %s', async (file, imported) => {
    expect(await complaints(file, imported)).toEqual([]);
  });
});
