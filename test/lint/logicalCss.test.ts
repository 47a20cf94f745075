import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '../../renderer');
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.css'),
);

/** Declarations that say left or right, which is the other side in Arabic; names of both sides (`inset: 0`) are fine. */
function sided(css: string): string[] {
  const declarations = css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g);
  return [...declarations].flatMap(([all, name = '', value = '']) => {
    const isSided =
      /(^|-)(left|right)(-|$)/.test(name) ||
      (/^(text-align|float|clear)$/.test(name) && /\b(left|right)\b/.test(value)) ||
      /\btranslate(X|3d)?\(\s*[^0)]/.test(value) ||
      (/^(margin|padding|inset|border-radius)$/.test(name) && hasUnlikeSides(name, value));
    return isSided ? [all] : [];
  });
}

/** Of four values, those that belong to the left and to the right. */
function hasUnlikeSides(name: string, value: string): boolean {
  const parts = value.match(/[\w-]+\([^()]*(\([^()]*\)[^()]*)*\)|[^\s]+/g) ?? [];
  const [first, second, third = first, fourth = second] = parts;
  if (parts.length < 2) return false;
  return name === 'border-radius' ? first !== second || third !== fourth : second !== fourth;
}

it.each(sheets)('%s is right in languages that are written leftwards', (sheet) => {
  expect(sided(readFileSync(join(renderer, sheet), 'utf8'))).toEqual([]);
});

it.each([
  ...['left: 0;', 'margin-right: 1px;', 'text-align: right;', 'border-left: 1px solid;'],
  ...[
    'padding: 0 1px 2px var(--x);',
    'border-radius: 0 4px 4px 0;',
    'transform: translateX(-50%);',
  ],
])('%s is not', (declaration) => {
  expect(sided(`.a { ${declaration} }`)).toEqual([declaration]);
});

it.each([
  ...['inset-inline: 0;', 'padding: 1px calc(1px + 2px) 3px;', 'transform: translateY(-50%);'],
  ...['border-radius: 4px;', 'margin: 0 auto;', 'text-align: end;'],
])('%s is', (declaration) => {
  expect(sided(`.a { ${declaration} }`)).toEqual([]);
});
