import { pathToFileURL } from 'node:url';
import { buildNative, nativeBuildMissing } from './build-native.mjs';
import { installNodePackages, nodePackagesMissing } from './node-packages.mjs';
import { withLock } from './support/lock.mjs';
import { main, say } from './support/say.mjs';
import { installSystemPackages, systemPackagesMissing } from './system-packages.mjs';

/**
 * Does whatever is missing in a fresh clone, in this order: system packages, npm packages, the engine. Quick when nothing
 * is. `needs` names groups of system packages (system-packages.mjs) beyond those that the engine's build needs.
 */
export async function setUp(needs = []) {
  if (!somethingMissing(needs)) return;
  await withLock(async () => {
    if (nodePackagesMissing()) await installNodePackages();
    const missing = systemPackagesMissing(packagesFor(needs));
    if (missing.length > 0) await installSystemPackages(missing);
    if (nativeBuildMissing()) await buildNative();
  });
}

function somethingMissing(needs) {
  return (
    nodePackagesMissing() ||
    systemPackagesMissing(packagesFor(needs)).length > 0 ||
    nativeBuildMissing()
  );
}

/** A built engine needs no compiler. */
function packagesFor(needs) {
  return nativeBuildMissing() ? ['build', ...needs] : needs;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    say('everything is set up');
  });
}
