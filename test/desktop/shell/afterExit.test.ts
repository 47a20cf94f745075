import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const module = join(import.meta.dirname, '../../../electron/desktop/shell/afterExit.ts');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "it's a folder "));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a program is started once the one that asked for it has ended, and not before', async () => {
  const program = join(folder, 'program');
  const said = join(folder, 'said');
  writeFileSync(program, `#!/bin/sh\ntouch "$(dirname "$0")/said"\n`, { mode: 0o755 });
  const script = join(folder, 'app.ts');
  writeFileSync(
    script,
    `import { existsSync, writeFileSync } from 'node:fs';
    import { startAfterExit } from ${JSON.stringify(module)};
    const [program, said, early] = process.argv.slice(2);
    startAfterExit(program);
    setTimeout(() => writeFileSync(early, String(existsSync(said))), 1000);`,
  );
  const early = join(folder, 'early');
  const { status } = spawnSync(process.execPath, [script, program, said, early]);
  expect(status).toBe(0);
  expect(readFileSync(early, 'utf8')).toBe('false');
  await vi.waitFor(() => expect(existsSync(said)).toBe(true), 20_000);
});
