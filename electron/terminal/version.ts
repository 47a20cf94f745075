import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({ version: z.string(), bin: z.string().optional() });

/** Ours in the repository, the package's where it is installed, with a command of its own. */
const { version, bin } = manifest.parse(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

export { version };
/** What people type to run it. */
export const command = bin ?? 'npm run -s miner --';
