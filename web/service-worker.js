/*
 * Keeps the shell of the client, so that it starts without a network and says so itself. Nothing of the API, of
 * pictures or of the documents ever passes through here: what is not listed below is the browser's business.
 * `SHELL` and `ASSETS` are filled in by the build (vite.config.ts).
 */
const SHELL = __SHELL__;
const ASSETS = new Set(__ASSETS__);
const CACHE = 'higroup-shell';
const PAGE = '/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([PAGE, ...SHELL]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropFormerBuilds().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isPage(pathname)) event.respondWith(newestPage(request));
  // Named after their content: what is here is what the server would send.
  else if (ASSETS.has(pathname)) event.respondWith(cached(request));
  else if (SHELL.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});

function isPage(pathname) {
  return !/^\/(api|docs|health|media|ws)(\/|$)/.test(pathname) && !pathname.split('/').at(-1).includes('.');
}

/** The server's, whenever it answers; every page is the same document. */
async function newestPage(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(CACHE)).put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    const last = await kept(PAGE);
    if (last) return last;
    throw error;
  }
}

const kept = (request) => caches.match(request, { cacheName: CACHE });

async function cached(request) {
  const same = await kept(request);
  if (same) return same;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

async function dropFormerBuilds() {
  const cache = await caches.open(CACHE);
  const requests = await cache.keys();
  const isPresent = ({ url }) => {
    const { pathname } = new URL(url);
    return pathname === PAGE || ASSETS.has(pathname) || SHELL.includes(pathname);
  };
  await Promise.all(
    requests.filter((request) => !isPresent(request)).map((request) => cache.delete(request)),
  );
}
