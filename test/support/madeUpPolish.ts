import type { Catalogue } from '../../electron/contract/text/catalogues.ts';

/** Polish as a machine would make it up of English: every sentence is marked, and plurals have the four forms of Polish. */
export function madeUpPolish(en: Catalogue): Catalogue {
  return madeUp(en) as Catalogue;
}

function madeUp(section: object): object {
  return Object.fromEntries(
    Object.entries(section).flatMap(
      ([key, part]: [string, object | string]): [string, object | string][] => {
        if (typeof part === 'object') return [[key, madeUp(part)]];
        if (key.endsWith('_one')) return [];
        const base = /^(.*)_other$/.exec(key)?.[1];
        return base === undefined
          ? [[key, `pl ${part}`]]
          : ['one', 'few', 'many', 'other'].map((form) => [`${base}_${form}`, `${form} ${part}`]);
      },
    ),
  );
}
