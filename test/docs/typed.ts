import { pages, toldBy, type Told } from './told.ts';

/** Where what our documents tell people to type is typed as it stands, for each command; or why it is not. */

const all = pages.flatMap(toldBy);

interface Place {
  readonly page?: string | RegExp;
  readonly heading?: string;
  readonly command?: RegExp;
}

const isAt = ({ page, heading, command }: Place, told: Told): boolean =>
  (page === undefined || (typeof page === 'string' ? page === told.page : page.test(told.page))) &&
  (heading === undefined || heading === told.heading) &&
  (command === undefined || command.test(told.command));

/** On a Debian that knows nothing of the app, and for the owner's steps beside it: test/e2e/package. */
const debian: readonly Place[] = [
  { page: 'docs/install.md', command: /^(?!npm|sudo sysctl)/ },
  { page: 'docs/huge-pages.md' },
  { page: 'SECURITY.md' },
  ...['Once', 'Every time', 'The apt repository'].map((heading) => ({
    ...{ page: 'docs/RELEASING.md', heading, command: /^(?!npm)/ },
  })),
  { page: 'README.md', command: /^sudo apt install / },
];

/** In the source tree: test/e2e/terminal/documents.slow.test.ts. */
const terminal: readonly Place[] = [
  { command: /^npm run -s miner -- (?!--tune$)/ },
  { command: /^npm run -s hash / },
  { command: /^curl / },
  { command: /^monerod status$/ },
];

/** By another test, which has the same words; or only in part, and why. */
const elsewhere: readonly (readonly [why: string, ...Place[]])[] = [
  ['test/e2e/terminal/demo.slow.test.ts', { command: /^npm start$/ }],
  [
    'runs the tests that this is one of, or a part of what they run',
    {
      command:
        /^([A-Z_]+=\S+ )?npm (test|ci|run (lint|format|set-up|test:all|test:long))\b(?!.*&&)/,
    },
  ],
  [
    'needs the official Electron, which comes from GitHub; test/e2e/package runs the same scripts with the tests’ one',
    { page: /^(?!docs\/RELEASING)/, command: /^npm run (dist|package -- --linux)\b/ },
    { page: 'docs/RELEASING.md', heading: 'Every time', command: /^npm run dist\b/ },
    { command: /^node scripts\/electron-runtime\.mjs$/ },
  ],
  ['needs another system', { page: 'docs/install.md', command: /^npm run package / }],
  [
    'needs another system, a real machine or somebody at a prompt: the page is the list of that',
    { page: 'docs/RELEASING.md', heading: 'Other systems', command: /^npm run package / },
    { page: 'docs/RELEASING.md', heading: 'What nobody has tried', command: /^(?!npm test)/ },
  ],
  ['nothing is published yet', { page: 'docs/reproducible.md', command: /^(git|cd|sha256sum) / }],
  ['only when two packages differ', { command: /^diffoscope / }],
  ['only Ubuntu’s kernel has it', { command: /kernel\.apparmor_restrict_unprivileged_userns/ }],
  ['needs a computer whose processors tell their watts', { page: 'docs/history.md' }],
  ['needs a second computer', { command: /^ssh / }],
  [
    'fetches Monero’s chain; test/support/monerod.ts has the same options',
    { command: /^monerod --/ },
  ],
  [
    'takes all processors for minutes; test/e2e/terminal/tune.slow.test.ts and test/core/engine do the same for less long',
    { page: /^(?!docs\/engine-performance)/, command: /^npm run -s (miner -- --tune$|bench)/ },
  ],
  ['drawn icons are looked at by eye', { command: /^node scripts\/draw-icons\.mjs$/ }],
  [
    'measures for minutes to hours; what came of it stands beside it, with date and machine',
    { page: /^docs\/(desktop|engine)-performance\.md$/ },
  ],
];

const among = (places: readonly Place[]) =>
  all.filter((told) => places.some((place) => isAt(place, told)));

export const typedInDebian = among(debian);
export const typedInTerminal = among(terminal);

/** Commands that are in none of the lists, or in two. */
export function notOnceListed(): string[] {
  const lists = [debian, terminal, ...elsewhere.map(([, ...places]) => places)];
  return all
    .filter((told) => lists.filter((list) => list.some((place) => isAt(place, told))).length !== 1)
    .map(({ page, command }) => `${page}: ${command}`);
}

/** Reasons and places that no document gives cause for any more. */
export function needless(): unknown[] {
  return [...debian, ...terminal, ...elsewhere.flatMap(([, ...places]) => places)].filter(
    (place) => !all.some((told) => isAt(place, told)),
  );
}
