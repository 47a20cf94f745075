import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomically } from '../../core/settings/atomicFile.ts';

const windowState = z.object({
  x: z.number().int().exactOptional(),
  y: z.number().int().exactOptional(),
  width: z.number().int().min(640).max(16_384),
  height: z.number().int().min(480).max(16_384),
});
export type WindowState = z.infer<typeof windowState>;

const firstTime: WindowState = { width: 1120, height: 760 };

/** Size and place of last time. Losing them costs nothing: a missing or damaged file means those of the first time. */
export function readWindowState(file: string): WindowState {
  try {
    const parsed = windowState.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : firstTime;
  } catch {
    return firstTime;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  const { x, y, width, height } = state;
  try {
    writeAtomically(file, JSON.stringify({ x, y, width, height }));
  } catch {
    // A full disk must not keep a window from closing.
  }
}
