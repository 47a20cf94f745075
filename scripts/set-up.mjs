import { pathToFileURL } from 'node:url';
import { buildNative, nativeBuildMissing } from './build-native.mjs';
import { installNodePackages, nodePackagesMissing } from './node-packages.mjs';
import { withLock } from './support/lock.mjs';
import { main, say } from './support/say.mjs';
import { installSystemPackages, systemPackagesMissing } from './system-packages.mjs';

/**
 * Does whatever is missing in a fresh clone: npm packages and system packages side by side, then the engine. Quick when nothing
 * is. `needs` names groups of system packages (system-packages.mjs) beyond those that the engine's build needs.
 */
export async function setUp(needs = []) {
  if (!somethingMissing(needs)) return;
  await withLock(async () => {
    const missing = systemPackagesMissing(packagesFor(needs));
    const outcomes = await Promise.allSettled([
      missing.length > 0 && installSystemPackages(missing),
      nodePackagesMissing() && installNodePackages(),
    ]);
    const failure = outcomes.find(({ status }) => status === 'rejected');
    if (failure !== undefined) throw failure.reason;
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
