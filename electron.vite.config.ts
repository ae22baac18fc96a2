import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      target: 'node20.18',
      // Hundreds of small files that would be opened one by one at each start. What has native parts stays outside.
      externalizeDeps: { exclude: ['electron-store', 'typebox', 'ws'] },
      lib: { entry: at('src/main/index.ts'), formats: ['es'] },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: 'node20.18',
      // A sandboxed preload can require nothing but electron: one self-contained CommonJS file each.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { ui: at('src/preload/ui.ts'), phone: at('src/preload/phone.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    // What runs in the audio thread is loaded as a module.
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      // Less to read, to parse and to keep: the sources stay in each page's memory.
      minify: true,
      rolldownOptions: {
        input: {
          ui: at('src/renderer/ui/index.html'),
          compact: at('src/renderer/ui/compact.html'),
          phone: at('src/renderer/phone/index.html'),
        },
      },
    },
    plugins: [react()],
  },
});
