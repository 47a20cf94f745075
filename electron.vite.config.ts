import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { bridgeNames } from './electron/contract/ipc.ts';

const here = import.meta.dirname;

/** Writes beside each bundle of which modules it is made: from that, scripts/packaging lists what is inside. */
const listModules: Plugin = {
  name: 'list-modules',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((part) =>
      part.type === 'chunk' ? part.moduleIds : [],
    );
    this.emitFile({ type: 'asset', fileName: 'modules.json', source: JSON.stringify(modules) });
  },
};

/**
 * electron/ and renderer/ by explicit entries into out/. The main process is ESM for Node 20, which is what the test
 * fallback (Electron 33) has; the engine's package stays outside of it, as it finds its library by its own place.
 * The preload is one CommonJS file, as the sandbox wants it, with the names of the contract written in.
 */
export default defineConfig({
  main: {
    plugins: [listModules],
    build: {
      outDir: 'out/main',
      target: 'node20',
      rolldownOptions: {
        input: { main: resolve(here, 'electron/desktop/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    plugins: [listModules],
    define: { BRIDGE_NAMES: JSON.stringify(bridgeNames) },
    build: {
      outDir: 'out/preload',
      target: 'node20',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    plugins: [react(), listModules],
    build: {
      outDir: resolve(here, 'out/renderer'),
      target: 'chrome130',
      // Fonts and pictures stay files: the content security policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(here, 'renderer/index.html') } },
    },
  },
});
