/** `npm start`: the desktop app; without a display, a demonstration in the terminal. */
import { run } from './support/children.mjs';
import { node24, path, root } from './support/paths.mjs';
import { main, say } from './support/say.mjs';
import { setUp } from './set-up.mjs';

await main(async () => {
  say('there is no display here, so this is a demonstration in the terminal on the practice pool');
  await setUp();
  return run(node24, [path('electron/demo.ts'), ...process.argv.slice(2)], { cwd: root });
});
