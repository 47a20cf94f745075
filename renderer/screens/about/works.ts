/** What ships inside the app, with the SPDX name of each licence as the package states it. */
export const works: readonly { readonly name: string; readonly licence: string }[] = [
  { name: 'Electron', licence: 'MIT' },
  { name: 'React', licence: 'MIT' },
  { name: 'Base UI', licence: 'MIT' },
  { name: 'i18next', licence: 'MIT' },
  { name: 'Inter', licence: 'OFL-1.1' },
  { name: 'Koffi', licence: 'MIT' },
  { name: 'Lucide', licence: 'ISC' },
  { name: 'noble-hashes', licence: 'MIT' },
  { name: 'scure-base', licence: 'MIT' },
  { name: 'socks', licence: 'MIT' },
  { name: 'uPlot', licence: 'MIT' },
  { name: 'zod', licence: 'MIT' },
  { name: 'Zustand', licence: 'MIT' },
];
