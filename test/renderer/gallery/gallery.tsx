import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app/App.tsx';
import { fakeBridge } from '../support/fakeBridge.ts';
import { scenes } from './scenes.ts';

/** `?scene=name&theme=dark`: mounts that scene and then plays what happens in it. */
const parameters = new URLSearchParams(location.search);
const scene = scenes[parameters.get('scene') ?? 'dashboard-mining'];
const theme = parameters.get('theme') === 'dark' ? 'dark' : 'light';

const root = document.getElementById('root');
if (root && scene) {
  const world = scene.world();
  const settings = world.settings && {
    ...world.settings,
    appearance: { theme, language: 'system' } as const,
  };
  const fake = fakeBridge({ ...world, ...(settings && { settings }) });
  if (!scene.noBridge) Object.assign(window, { fake });
  createRoot(root).render(<App bridge={scene.noBridge ? undefined : fake.bridge} />);
  // One frame later the app has subscribed and loaded.
  setTimeout(() => {
    scene.play?.(fake);
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.dataset['played'] = 'yes';
  }, 100);
}
