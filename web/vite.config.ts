import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import vuetify from 'vite-plugin-vuetify';

const API = process.env.API_URL ?? 'http://localhost:3000';
const PROXIED = ['/api', '/media', '/docs', '/health'];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), vuetify({ autoImport: true }), serviceWorker(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // A data: font or picture in a stylesheet would need a hole in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // Found one component at a time, it would reload the page again and again.
  optimizeDeps: { exclude: ['vuetify'] },
  server: {
    proxy: {
      ...Object.fromEntries(PROXIED.map((path) => [path, API])),
      // The server takes sockets of its own origin only: the host and the origin both become its own.
      '/ws': { target: API, ws: true, changeOrigin: true, rewriteWsOrigin: true },
    },
  },
});

/** Fills in what the worker keeps from the start (what the first page needs) and what it may keep (all that is hashed). */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entry = chunks.find((chunk) => chunk.isEntry);
      if (!entry) throw new Error('there is no entry');
      const languages = chunks.filter((chunk) => chunk.facadeModuleId?.includes('/src/locales/'));
      const needed = new Set([entry, ...languages].flatMap((chunk) => [chunk.fileName, ...chunk.imports]));
      for (const name of needed) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk')
          [...chunk.imports, ...(chunk.viteMetadata?.importedCss ?? [])].forEach((file) => needed.add(file));
      }
      const paths = (names: Iterable<string>) =>
        JSON.stringify([...names].map((name) => `/${name}`).toSorted());
      const source = readFileSync(fileURLToPath(new URL('./service-worker.js', import.meta.url)), 'utf8')
        .replace('__SHELL__', () => paths([...needed, 'favicon.svg', 'theme.js']))
        .replace('__ASSETS__', () => paths(Object.keys(bundle).filter((name) => name.startsWith('assets/'))));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

/** Writes `.br` and `.gz` beside what shrinks, so that the server never compresses a file twice. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|json|webmanifest)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 1_024) continue;
        const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, options));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
