/** `npm start`: the desktop app; without a display, a demonstration in the terminal. */
import { buildDesktop } from './build-desktop.mjs';
import { electronNeeds, electronRuntime } from './electron-runtime.mjs';
import { run } from './support/children.mjs';
import { node24, path, root } from './support/paths.mjs';
import { sandboxAdvice } from './support/sandbox.mjs';
import { main, say } from './support/say.mjs';
import { setUp } from './set-up.mjs';

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await main(() => (hasDisplay ? startDesktop() : startDemonstration()));

async function startDesktop() {
  await setUp(electronNeeds());
  const electron = await electronRuntime();
  await buildDesktop();
  // Chromium's sandbox refuses to run as root; only a development start ever does.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const code = await run(electron, [...flags, root, ...process.argv.slice(2)], { cwd: root });
  const advice = sandboxAdvice(code);
  if (advice !== null) say(advice);
  return code;
}

async function startDemonstration() {
  say('there is no display here, so this is a demonstration in the terminal on the practice pool');
  await setUp();
  return run(node24, [path('electron/terminal/demonstration.ts'), ...process.argv.slice(2)], {
    cwd: root,
  });
}
