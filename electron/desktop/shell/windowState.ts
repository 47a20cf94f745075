import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '../../core/settings/files.ts';

const windowState = z.object({
  x: z.number().int().exactOptional(),
  y: z.number().int().exactOptional(),
  width: z.number().int().min(640).max(16_384),
  height: z.number().int().min(480).max(16_384),
});
export type WindowState = z.infer<typeof windowState>;

/** Where a screen has room for windows, in device-independent pixels. */
export interface WorkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const firstTime: WindowState = { width: 1120, height: 760 };

/** So much of the title bar must be on a screen that the window can be taken hold of. */
const GRIP = { width: 120, height: 24 };

/** Size and place of last time. Losing them costs nothing: a missing or damaged file means those of the first time. */
export function readWindowState(file: string, screens: readonly WorkArea[]): WindowState {
  try {
    const parsed = windowState.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? onScreen(parsed.data, screens) : firstTime;
  } catch {
    return firstTime;
  }
}

/** The same window where it can be reached: a screen may be gone, or smaller than it was. */
export function onScreen(state: WindowState, screens: readonly WorkArea[]): WindowState {
  const { x, y, width, height } = state;
  if (x === undefined || y === undefined) return state;
  const isReachable = screens.some(
    (screen) =>
      overlap(x, width, screen.x, screen.width) >= GRIP.width &&
      y >= screen.y &&
      y + GRIP.height <= screen.y + screen.height,
  );
  return isReachable ? state : { width, height };
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

export function writeWindowState(file: string, state: WindowState): void {
  const { x, y, width, height } = state;
  replaceFile(file, JSON.stringify({ x, y, width, height }));
}
