import { isAbsolute, join } from 'node:path';

/** Where the app keeps its files: the terminal miner reads there what the app measured, and the other way round. */
export function appFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: () => string,
): string {
  const name = 'Ibctminer';
  // An empty or relative path is as good as none (XDG Base Directory Specification, “Basics”).
  const chosen = (variable: string) => {
    const path = env[variable];
    return path !== undefined && isAbsolute(path) ? path : null;
  };
  if (platform === 'win32') {
    return join(chosen('APPDATA') ?? join(home(), 'AppData', 'Roaming'), name);
  }
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support', name);
  return join(chosen('XDG_CONFIG_HOME') ?? join(home(), '.config'), name);
}
