import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
interface Release {
  readonly version: string;
  readonly epochSeconds: number;
  readonly notes: readonly string[];
}
const { parseChangelog, debianChangelog, appStreamReleases } = (await import(
  join(root, 'scripts/packaging/changelog.mjs')
)) as {
  parseChangelog: (text: string, now: { version: string; epochSeconds: number }) => Release[];
  debianChangelog: (name: string, releases: readonly Release[], maintainer: string) => string;
  appStreamReleases: (releases: readonly Release[]) => string;
};

const now = { version: '1.1.0', epochSeconds: Date.parse('2026-12-03T00:00:00Z') / 1000 };
const text = `# Changelog

## 1.1.0 - not released yet

- Mines <faster> & cooler than anything before it, on every processor that anybody has ever seen in
  the last ten years.
- Says so.

## 1.0.0 - 2026-12-01

- Mines.
`;

it('tells a Debian package what changed', () => {
  const changelog = debianChangelog('miner', parseChangelog(text, now), 'Somebody <a@b.c>');
  expect(changelog).toBe(`miner (1.1.0) stable; urgency=medium

  * Mines <faster> & cooler than anything before it, on every processor that
    anybody has ever seen in the last ten years.
  * Says so.

 -- Somebody <a@b.c>  Thu, 03 Dec 2026 00:00:00 +0000

miner (1.0.0) stable; urgency=medium

  * Mines.

 -- Somebody <a@b.c>  Tue, 01 Dec 2026 12:00:00 +0000
`);
});

it('tells software centres what changed', () => {
  const releases = appStreamReleases(parseChangelog(text, now));
  expect(releases.match(/<release .*>/g)).toEqual([
    '<release version="1.1.0" date="2026-12-03">',
    '<release version="1.0.0" date="2026-12-01">',
  ]);
  expect(releases).toContain('<li>Mines &lt;faster&gt; &amp; cooler');
  expect(releases).toContain('seen in the last ten years.</li>');
});

it('refuses a changelog that does not begin with the version, or has an older one without a day', () => {
  for (const wrong of [
    '',
    text.replace('1.1.0', '1.2.0'),
    text.replace('2026-12-01', 'lately'),
    text.replace('- Mines.', 'Mines.'),
  ]) {
    expect(() => parseChangelog(wrong, now)).toThrow('CHANGELOG.md must begin with');
  }
});

it('reads the changelog that there is', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Release;
  const own = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  expect(parseChangelog(own, { ...now, version })[0]).toMatchObject({ version });
});
