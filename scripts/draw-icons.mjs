/** Draws the PNG files of assets/ from their SVG sources; needs rsvg-convert (Debian: librsvg2-bin). */
import { step } from './support/children.mjs';
import { path } from './support/paths.mjs';
import { main } from './support/say.mjs';

const trayStates = ['mining', 'paused', 'stopped'];

/** [source, target, width in pixels]; Electron itself picks @2x on dense displays. */
const drawings = [
  ['icon', 'icon', 512],
  ...trayStates.flatMap((state) => [
    [`tray/${state}`, `tray/${state}`, 22],
    [`tray/${state}`, `tray/${state}@2x`, 44],
  ]),
];

await main(async () => {
  for (const [source, target, width] of drawings) {
    await step(
      'rsvg-convert',
      ['-w', String(width), path(`assets/${source}.svg`), '-o', path(`assets/${target}.png`)],
      `assets/${source}.svg could not be drawn (see above).`,
    );
  }
});
