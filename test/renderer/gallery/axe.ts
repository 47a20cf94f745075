import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of WCAG 2.2 AA and what axe counts as good practice. */
export type Rules = 'everything' | 'colours' | 'shape';

/** What another size of the window or another language may change; all else is in the page whatever they are. */
const SHAPE = ['target-size', 'scrollable-region-focusable', 'button-name', 'link-name'];
const COLOURS = ['color-contrast'];

/** What axe objects to on the page. */
export async function violations(page: Page, rules: Rules): Promise<string[]> {
  const runOnly = { everything: null, colours: [...COLOURS, ...SHAPE], shape: SHAPE }[rules];
  // Injected by the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe: injected } = window as unknown as { axe: typeof axe };
    const { violations: found } = await injected.run(
      // Base UI's guards hand the focus on as soon as they get it; axe cannot see that.
      { exclude: [['[data-base-ui-focus-guard]']] },
      {
        // What passed is counted, not described.
        ...{ resultTypes: ['violations'], preload: false },
        ...(only === null
          ? { rules: { 'target-size': { enabled: true } } }
          : { runOnly: { type: 'rule', values: only } }),
      },
    );
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`,
    );
  }, runOnly);
}
