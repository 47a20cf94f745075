// @vitest-environment node
import { lookAt } from './look.ts';
import { quickScenes } from './scenes.ts';

lookAt(quickScenes);
