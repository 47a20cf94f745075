import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A command that a document tells people to type: a line of a block, or within a sentence. */
export interface Told {
  readonly page: string;
  readonly heading: string;
  readonly command: string;
  readonly isInBlock: boolean;
}

const root = resolve(import.meta.dirname, '../..');

export const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** How a command begins, and at least one more word. */
const programs = [
  ...['sudo', 'apt', 'pkexec', 'sysctl', 'systemctl', 'journalctl', 'ssh', 'curl', 'echo', 'cd'],
  ...['mkdir', 'cp', 'npm', 'node', 'git', 'cmake', 'gpg', 'minisign', 'sha256sum', 'diffoscope'],
  ...[
    'codesign',
    'spctl',
    'xcrun',
    'ibctminer',
    'ibctminer-desktop',
    'monerod',
    'Xvfb',
    'export',
    '[A-Z_]+=\\S+',
    '[\\w.]+/\\S+',
  ],
];
const command = new RegExp(`^(?:${programs.join('|')}) \\S`);

/** Every command of a page, in its order. */
export function toldBy(page: string): Told[] {
  const sections = readFileSync(join(root, page), 'utf8').split(/^(?=#+ )/m);
  return sections.flatMap((section) => {
    const heading = /^#+ (.+)/.exec(section)?.[1] ?? '';
    // A block is fenced, or stands four blanks in.
    const parts = /^```.*\n([^]*?)^```$|((?:^ {4}\S.*\n)+)|`([^`\n]+(?:\n[^`\n]+)?)`/gm;
    return [...section.matchAll(parts)].flatMap(([, fenced, indented, inSentence]) => {
      const isInBlock = inSentence === undefined;
      return linesOf(
        fenced ?? indented?.replaceAll(/^ {4}/gm, '') ?? inSentence?.replace('\n', ' ') ?? '',
      )
        .filter((line) => command.test(line) && !line.includes('…'))
        .map((line) => ({ page, heading, command: line, isInBlock }));
    });
  });
}

/** What a shell reads at once: mostly a line, else up to the end of what is handed to it. */
function linesOf(text: string): string[] {
  return text.includes('<<END')
    ? [...text.matchAll(/^.*<<END\n[^]*?^END$|^.+$/gm)].map(([line]) => line)
    : text.split('\n').map((line) => line.replace(/ {2,}#.*/, ''));
}
