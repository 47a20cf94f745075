// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const files = join(import.meta.dirname, '../../../scripts/packaging/files/desktop');
const text = readFileSync(join(files, 'io.github.ibctminer.policy'), 'utf8');
const policy = new DOMParser().parseFromString(text, 'text/xml');
const said = (selector: string) =>
  [...policy.querySelectorAll(selector)].map((element) => element.textContent);

it('lets an administrator run the one helper, and asks for the password each time', () => {
  const actions = [...policy.querySelectorAll('policyconfig > action')];
  expect(actions.map(({ id }) => id)).toEqual(['io.github.ibctminer.reserve-huge-pages']);
  expect(said('annotate')).toEqual(['/usr/libexec/ibctminer/reserve-huge-pages']);
  expect(said('defaults > *')).toEqual(['auth_admin', 'auth_admin', 'auth_admin']);
  expect(said('message')).toHaveLength(1);
});
