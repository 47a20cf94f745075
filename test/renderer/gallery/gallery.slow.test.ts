// @vitest-environment node
import { lookAt } from './look.ts';
import { otherScenes } from './scenes.ts';

lookAt(otherScenes);
