import { SetUpError } from '../support/say.mjs';

/**
 * The last day on which a line of Electron gets security fixes: the three newest lines do. Reckoned on 2026-11-27 from
 * the releases of 43 (1 July), 44 (25 August) and 45 (21 October), eight weeks apart.
 */
const supportedUntil = { 43: '2026-12-15', 44: '2027-02-09', 45: '2027-04-06' };

export function refuseOldElectron(version, now) {
  const line = version.split('.')[0];
  const until = supportedUntil[line];
  if (until === undefined) {
    throw new SetUpError(
      `Whether Electron ${line} gets security fixes is not written down: scripts/packaging/electronLines.mjs.`,
    );
  }
  if (now > new Date(`${until}T23:59:59Z`)) {
    throw new SetUpError(
      `Electron ${line} gets no security fixes since ${until}. Move to a newer line before you build for users.`,
    );
  }
}
