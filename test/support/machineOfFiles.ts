import type { SystemFiles } from '../../electron/core/system/systemFiles.ts';

/** A machine that consists of these files. */
export function machine(contents: Readonly<Record<string, string>>): SystemFiles {
  return {
    read: (path) => contents[path] ?? null,
    list: (path) => {
      const below = Object.keys(contents).filter((name) => name.startsWith(`${path}/`));
      return [...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0] ?? ''))];
    },
  };
}
