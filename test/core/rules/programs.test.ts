import { describe, expect, it } from 'vitest';
import { runsAny } from '../../../electron/core/rules/programs.ts';

describe('pause while a listed program runs', () => {
  it.each([
    ['blender', ['Blender'], true],
    ['Blender', ['blender-bin'], false],
    // As the kernel cuts names, and as Wine calls them.
    ['a-very-long-program-name', ['a-very-long-pro'], true],
    ['a-very-long-program-name', ['a-very-long-program'], false],
    ['game', ['GAME.EXE'], true],
    ['game', ['gamemoded'], false],
    ['', ['.exe.exe'], false],
  ])('%s is found among %j: %s', (listed, running, found) => {
    expect(runsAny([listed], running)).toBe(found);
  });
});
