import type { AppInfo } from '../../contract/ipc.ts';
import { CONSENT_VERSION } from '../../contract/settings.ts';
import { libraryHash } from '../../core/engine/library.ts';

export type Versions = Pick<
  AppInfo,
  'version' | 'electron' | 'electronIsSupported' | 'chrome' | 'node'
>;

export interface AppInfoParts extends Pick<AppInfo, 'settingsFolder' | 'notice'> {
  readonly versions: Versions;
  readonly systemLanguages: readonly string[];
}

/** What the app is, and where. */
export function appInfoOf({ versions, systemLanguages, ...others }: AppInfoParts): AppInfo {
  return {
    ...versions,
    ...others,
    platform: `${process.platform} ${process.arch}`,
    systemLanguages: [...systemLanguages],
    librarySha256: loadedLibrary(),
    consentVersion: CONSENT_VERSION,
  };
}

function loadedLibrary(): string | null {
  try {
    return libraryHash();
  } catch {
    return null; // the health page says why
  }
}
