/** Types, rules and formatting over the whole tree, all looked at even when one is red. */
import { execFileSync } from 'node:child_process';
import { run } from './support/children.mjs';
import { includeComplaints, nativeSources } from './support/nativeIncludes.ts';
import { node24, root, tools } from './support/paths.mjs';
import { main, say } from './support/say.mjs';

const cppFiles = () =>
  execFileSync('git', ['ls-files', '--', 'native/*.cpp', 'native/*.hpp', 'native/*.h'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);

const checks = {
  'types and rules': () => run(node24, [tools.oxlint], { cwd: root }),
  formatting: () => run(node24, [tools.oxfmt, '--check'], { cwd: root }),
  'clang-format': () =>
    run('clang-format', ['--dry-run', '--Werror', ...cppFiles()], { cwd: root }),
  'native includes': () => {
    const complaints = includeComplaints(nativeSources(root));
    for (const complaint of complaints) say(`native/src: ${complaint}`);
    return complaints.length === 0 ? 0 : 1;
  },
};

await main(async () => {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ({ name, code: await check() })),
  );
  const red = outcomes.filter(({ code }) => code !== 0);
  for (const { name } of red) say(`${name}: failed`);
  process.stdout.write(`lint: ${outcomes.length - red.length} passed, ${red.length} failed\n`);
  return red.length === 0 ? 0 : 1;
});
