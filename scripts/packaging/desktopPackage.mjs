import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { path } from '../support/paths.mjs';
import { makeDeb } from './deb.mjs';
import { appStreamTexts, desktopEntryTexts } from './launcherTexts.mjs';
import { Staging } from './staging.mjs';

/** The window: electron-builder's unpacked folder under /usr/lib, and what a desktop knows a program by. */
export async function makeDesktopPackage({ unpacked, facts, quick, target }) {
  const words = { ...facts.words, ENTRYTEXTS: desktopEntryTexts(), STORETEXTS: appStreamTexts() };
  const staging = new Staging('ibctminer', path('scripts/packaging/files/desktop'), words);
  staging.copy(unpacked, 'usr/lib/ibctminer');
  mkdirSync(staging.at('usr/bin'));
  symlinkSync('../lib/ibctminer/ibctminer-desktop', staging.at('usr/bin/ibctminer-desktop'));
  staging.fill('ibctminer.desktop', 'usr/share/applications/ibctminer.desktop');
  const metainfo = 'io.github.ibctminer.metainfo.xml';
  staging.fill(metainfo, `usr/share/metainfo/${metainfo}`);
  const icons = 'usr/share/icons/hicolor';
  for (const icon of readdirSync(path('assets/icons'))) {
    const size = icon.replace('.png', '');
    staging.copy(path('assets/icons', icon), `${icons}/${size}/apps/ibctminer.png`);
  }
  staging.copy(path('assets/icon.svg'), `${icons}/scalable/apps/ibctminer.svg`);
  staging.fill('apparmor', 'etc/apparmor.d/ibctminer-desktop');
  const policy = 'io.github.ibctminer.policy';
  staging.fill(policy, `usr/share/polkit-1/actions/${policy}`);
  staging.fill('reserve-huge-pages', 'usr/libexec/ibctminer/reserve-huge-pages', 0o755);
  staging.page('ibctminer-desktop.1');
  await makeDeb({ staging, facts, quick, target });
}
