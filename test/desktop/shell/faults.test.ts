import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const at = (file: string) => JSON.stringify(join(root, file));

/** A process of its own whose faults nobody catches: `begin` makes the first, and stopping makes another. */
function runFaulty(begin: string): { lines: string[]; code: number | null } {
  const program = `
    import { onFault } from ${at('electron/desktop/shell/faults.ts')};
    import { systemClock } from ${at('electron/core/clock.ts')};
    const stop = async () => {
      console.log('stopping');
      throw new Error('the run marker cannot be removed');
    };
    onFault(systemClock, {
      first: (reason) => {
        console.log('first: ' + reason);
        void stop();
      },
      further: (reason) => console.log('further: ' + reason),
    });
    setTimeout(() => console.log('alive'), 100);
    ${begin}
  `;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    ...{ encoding: 'utf8', timeout: 60_000 },
  });
  return { lines: stdout.trim().split('\n'), code: status };
}

it.each([
  ['thrown', "setImmediate(() => { throw new Error('broken'); });"],
  ['a promise that nobody waits for', "void Promise.reject(new Error('broken'));"],
])('a fault (%s) stops once, though stopping itself fails, and the process goes on', (_, begin) => {
  expect(runFaulty(begin)).toEqual({
    lines: ['first: broken', 'stopping', 'further: the run marker cannot be removed', 'alive'],
    code: 0,
  });
});
