/**
 * `node scripts/run.mjs FILE [ARGS…]`: sets up what is missing, then runs FILE on the project's own Node 24. stdout is
 * FILE's alone, the exit code too, and signals reach it.
 */
import { run } from './support/children.mjs';
import { node24, path } from './support/paths.mjs';
import { main } from './support/say.mjs';
import { setUp } from './set-up.mjs';

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  await setUp();
  return run(node24, [path(file), ...args]);
});
