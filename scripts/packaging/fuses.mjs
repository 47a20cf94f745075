import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { SetUpError } from '../support/say.mjs';

const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** What electron-builder.yml asks for. */
const wanted = {
  RunAsNode: OFF,
  EnableNodeOptionsEnvironmentVariable: OFF,
  EnableNodeCliInspectArguments: OFF,
  EnableEmbeddedAsarIntegrityValidation: ON,
  OnlyLoadAppFromAsar: ON,
  LoadBrowserProcessSpecificV8Snapshot: OFF,
  GrantFileProtocolExtraPrivileges: OFF,
};

/** Reads the fuses back from the packed binary: what was asked for is not yet what is so. */
export async function checkFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  const wrong = Object.entries(wanted).filter(
    ([name, state]) => wire[FuseV1Options[name]] !== state,
  );
  if (wrong.length > 0) {
    throw new SetUpError(
      `The packed app has wrong fuses: ${wrong.map(([name]) => name).join(', ')}.`,
    );
  }
}
