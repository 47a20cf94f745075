/** Draws the icon files of assets/ from their SVG sources; needs rsvg-convert (Debian: librsvg2-bin). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { step } from './support/children.mjs';
import { path } from './support/paths.mjs';
import { main } from './support/say.mjs';

const trayStates = ['mining', 'paused', 'stopped'];
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

/** [source, target, width in pixels]; Electron itself picks @2x on dense displays. */
const drawings = [
  ['icon', 'icon', 512],
  ...sizes.map((size) => ['icon', `icons/${size}x${size}`, size]),
  ...trayStates.flatMap((state) => [
    [`tray/${state}`, `tray/${state}`, 22],
    [`tray/${state}`, `tray/${state}@2x`, 44],
  ]),
];

/** Apple's names for PNG pictures in an .icns file. */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
];

await main(async () => {
  mkdirSync(path('assets/icons'), { recursive: true });
  for (const [source, target, width] of drawings) {
    await step(
      'rsvg-convert',
      ['-w', String(width), path(`assets/${source}.svg`), '-o', path(`assets/${target}.png`)],
      `assets/${source}.svg could not be drawn (see above).`,
    );
  }
  writeFileSync(path('assets/icon.ico'), ico(sizes.filter((size) => size <= 256)));
  writeFileSync(path('assets/icon.icns'), icns());
});

function drawn(size) {
  return readFileSync(path(`assets/icons/${size}x${size}.png`));
}

/** Windows: a directory of 16 bytes a picture, then the PNG files. */
function ico(widths) {
  const header = Buffer.from([0, 0, 1, 0, widths.length, 0]);
  let offset = header.length + 16 * widths.length;
  const entries = widths.map((width) => {
    const entry = Buffer.alloc(16);
    entry.set([width % 256, width % 256, 0, 0, 1, 0, 32, 0]);
    entry.writeUInt32LE(drawn(width).length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += drawn(width).length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...widths.map(drawn)]);
}

/** macOS: after a header, each PNG file behind its type and length. */
function icns() {
  const part = (type, bytes) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length + 8);
    return Buffer.concat([Buffer.from(type, 'latin1'), length, bytes]);
  };
  return part('icns', Buffer.concat(icnsTypes.map(([type, size]) => part(type, drawn(size)))));
}
