import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './builds.ts';

/** The commands that docs/install.md has under a heading, as one script. */
export function typed(heading: string): string {
  const page = readFileSync(join(repository, 'docs/install.md'), 'utf8');
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```\n(.*?)^```$/gms)].map(([, commands]) => commands);
  if (blocks.length === 0) throw new Error(`docs/install.md has no commands under ${heading}.`);
  return `set -e\n${blocks.join('')}`;
}
