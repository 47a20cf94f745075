import { SetUpError } from '../support/say.mjs';

/**
 * The versions in CHANGELOG.md, newest first: `{ version, epochSeconds, notes }`. The first must be `version`; while it has no day
 * yet, it has the time of the sources.
 */
export function parseChangelog(text, { version, epochSeconds }) {
  const releases = text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split('\n');
      const [, number, when] = /^(\d+\.\d+\.\d+) - (.+)$/.exec(heading) ?? [];
      const day = Date.parse(`${when}T12:00:00Z`) / 1000;
      const notes = lines.join('\n').split(/^- /m).slice(1).map(oneLine);
      return { version: number, epochSeconds: Number.isNaN(day) ? null : day, notes };
    });
  const wrong = releases.findIndex(
    ({ version: number, epochSeconds: day, notes }, place) =>
      number === undefined || (place > 0 && day === null) || notes.length === 0,
  );
  if (wrong !== -1 || releases[0]?.version !== version) {
    throw new SetUpError(
      `CHANGELOG.md must begin with "## ${version} - 2026-12-01" and what is new, as "- …"; older versions follow likewise.`,
    );
  }
  releases[0].epochSeconds ??= epochSeconds;
  return releases;
}

function oneLine(note) {
  return note.trim().replace(/\s+/g, ' ');
}

/** For Debian, as deb-changelog(5). */
export function debianChangelog(name, releases, maintainer) {
  return releases
    .map(({ version, epochSeconds, notes }) => {
      const date = new Date(epochSeconds * 1000).toUTCString().replace('GMT', '+0000');
      const items = notes.map((note) => `  * ${folded(note, '    ')}\n`).join('');
      return `${name} (${version}) stable; urgency=medium\n\n${items}\n -- ${maintainer}  ${date}\n`;
    })
    .join('\n');
}

/** Lines of at most 80 characters; `indent` stands before all but the first. */
function folded(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (indent.length + last.length + word.length < 80) {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.join(`\n${indent}`);
}

/** For AppStream, as the content of `<releases>`. */
export function appStreamReleases(releases) {
  return releases
    .map(({ version, epochSeconds, notes }) => {
      const date = new Date(epochSeconds * 1000).toISOString().slice(0, 10);
      const items = notes.map((note) => `          <li>${escaped(note)}</li>\n`).join('');
      return (
        `    <release version="${version}" date="${date}">\n      <description>\n        <ul>\n` +
        `${items}        </ul>\n      </description>\n    </release>\n`
      );
    })
    .join('');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
