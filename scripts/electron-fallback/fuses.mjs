/** `fuses.mjs BINARY`: no start snapshot of its own (it is left out), and a main process that Playwright can drive. */
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

await flipFuses(process.argv[2], {
  version: FuseVersion.V1,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
});
