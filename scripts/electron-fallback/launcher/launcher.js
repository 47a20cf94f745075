/**
 * What Electron's own default_app does with `electron FOLDER [ARGS…]`, which the fallback lacks: the folder's package.json
 * becomes the app.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const index = process.argv.findIndex((word, at) => at > 0 && !word.startsWith('-'));
const folder = resolve(process.argv[index === -1 ? 0 : index]);
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

app.setName(about.productName ?? about.name);
app.setVersion(about.version);
if (about.desktopName) app.setDesktopName(about.desktopName);
app.setAppPath(folder);
process.defaultApp = true;

await import(pathToFileURL(join(folder, about.main)).href);
