import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import vuetify from 'vite-plugin-vuetify';

const API = process.env.API_URL ?? 'http://localhost:3000';
const PROXIED = ['/api', '/media', '/docs', '/health'];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), vuetify({ autoImport: true }), preloadClient(), serviceWorker(), compressed()],
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', test: /preload-helper|[\\/](remembered|renewal|early|texts)\.ts$/, priority: 4 },
            // These change with a new version of theirs only.
            {
              name: 'libraries',
              test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|@tanstack|openapi-fetch)[\\/]/,
              priority: 3.5,
            },
            { name: chunkOfTheFirst(), debugName: 'client and first pages', priority: 3 },
            { name: 'kit', test: /node_modules[\\/]@?vuetify[\\/]/, minShareCount: 5, priority: 2 },
            { name: 'shared', test: /web[\\/]src[\\/]/, minShareCount: 4, priority: 1 },
          ],
        },
      },
    },
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
      const needed = filesOf(bundle, /\/index\.html$|\/src\/client\.ts$|\/src\/locales\//);
      const paths = (names: Iterable<string>) =>
        JSON.stringify([...names].map((name) => `/${name}`).toSorted());
      const source = readFileSync(fileURLToPath(new URL('./service-worker.js', import.meta.url)), 'utf8')
        .replace('__SHELL__', () => paths([...needed, 'favicon.svg', 'theme.js']))
        .replace('__ASSETS__', () => paths(Object.keys(bundle).filter((name) => name.startsWith('assets/'))));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

const FIRST = {
  client: ['client.ts'],
  pages: ['areas/today/TodayPage.vue', 'areas/group/GroupPage.vue', 'areas/group/OverviewTab.vue'],
};

/**
 * Over HTTP/1.1 sixty small files take longer than four large ones. So what the client needs before it can show anything
 * is in two chunks, and what the pages need that most visits begin with in a third.
 */
function chunkOfTheFirst() {
  let chunks: Map<string, string> | undefined;
  return (id: string, graph: Rolldown.ChunkingContext): string | null => {
    if (!chunks) {
      chunks = new Map();
      for (const [chunk, files] of Object.entries(FIRST)) {
        const modules = new Set(
          files.map((file) => fileURLToPath(new URL(`./src/${file}`, import.meta.url))),
        );
        for (const module of modules) {
          graph.getModuleInfo(module)?.importedIds.forEach((imported) => modules.add(imported));
          if (!chunks.has(module)) chunks.set(module, chunk);
        }
      }
    }
    return chunks.get(id) ?? null;
  };
}

/** All that the chunks of certain modules need at once: scripts and stylesheets. */
function filesOf(bundle: Rolldown.OutputBundle, modules: RegExp): Set<string> {
  const files = new Set<string>();
  for (const file of Object.values(bundle))
    if (file.type === 'chunk' && file.moduleIds.some((id) => modules.test(id))) files.add(file.fileName);
  if (files.size === 0) throw new Error(`${modules} is in no chunk`);
  for (const name of files) {
    const chunk = bundle[name];
    if (chunk?.type === 'chunk')
      [...chunk.imports, ...(chunk.viteMetadata?.importedCss ?? [])].forEach((file) => files.add(file));
  }
  return files;
}

/** Fetches the client's code, and that of the pages most visits begin with, together with main.ts, which asks for it later. */
function preloadClient(): Plugin {
  return {
    name: 'preload-client',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) =>
        [...filesOf(bundle!, /\/src\/client\.ts$|\/TodayPage\.vue$/)]
          // What main.ts itself needs is there already.
          .filter((file) => !html.includes(`/${file}"`))
          .map((file) => ({
            tag: 'link',
            attrs: {
              ...(file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }),
              crossorigin: true,
              // After what the first paint needs.
              fetchpriority: 'low',
              href: `/${file}`,
            },
            injectTo: 'head',
          })),
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
