import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The real <App> on a fake bridge, for looking at every screen and state in a plain browser. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../../out/gallery', import.meta.url)),
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the app's content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
