import { shell } from 'electron';
import type { z } from 'zod';
import type { linkId } from '../../contract/ipc.ts';
import { knownPools, type KnownPoolId } from '../../contract/knownPools.ts';

/** Every page that this app can open in the browser; the renderer chooses by id and can name no other. */
const links: Readonly<Record<z.infer<typeof linkId>, string>> = {
  ...(Object.fromEntries(knownPools.map(({ id, website }) => [id, website])) as Record<
    KnownPoolId,
    string
  >),
  poolSizes: 'https://miningpoolstats.stream/monero',
  getWallet: 'https://www.getmonero.org/downloads/',
  howMiningWorks: 'https://www.getmonero.org/get-started/mining/',
  hugePages: 'https://docs.kernel.org/admin-guide/mm/hugetlbpage.html',
  source: 'https://github.com/ibctminer/ibctminer',
  releases: 'https://github.com/ibctminer/ibctminer/releases',
};

export async function openLink(id: z.infer<typeof linkId>): Promise<void> {
  await shell.openExternal(links[id]);
}

/** In the system's own file manager; what it says against it, or nothing. */
export function openFolder(folder: string): Promise<string> {
  return shell.openPath(folder);
}
