/**
 * Keeps the pocket page on the phone: its own files, and the tiles of the map that were seen. Nothing else: tasks and what was pressed are in
 * the page's database, and no answer of `/v1/…` but tiles is ever taken from here.
 *
 * The files are one version together. They are read again in the background each time that the page is opened; where any of them is
 * another, all of them go into a cache of their own, the next opening takes that one, and the old one is deleted.
 */
const SHELL = 'city-brain-worker-shell-';
const TILES = 'city-brain-worker-tiles';
const STATE = 'city-brain-worker-state';
const PAGE = '/worker';
const MOST_TILES = 1500;
const TILE_FRESH_MILLIS = 10 * 60_000;

const own = (names) => names.map((name) => `/page/worker/${name}.js`);
const lit = (names) => names.map((name) => `/webjars/${name}.js`);

const FILES = [
  PAGE,
  ...own(['account', 'act', 'acts', 'base-map', 'catalogue', 'check-in', 'expected', 'incident', 'line', 'map', 'photo', 'photos', 'place', 'pocket', 'pocket-element',
    'position', 'pull', 'queue', 'read-rest', 'reasons', 'refusal', 'report', 'send-photo', 'send-queue', 'store', 'summons', 'tasks', 'waiting', 'worker']),
  '/page/worker/manifest.webmanifest', '/page/worker/icon-192.png',
  ...['address', 'api', 'element', 'theme', 'time', 'words'].map((name) => `/page/lib/${name}.js`),
  '/page/words/zh-CN.json', '/page/words/en.json',
  '/page/look/base.css', '/page/look/worker.css', '/page/look/icon.svg',
  ...lit(['lit/index', 'lit/directives/repeat', 'lit/directives/class-map', 'lit/directives/style-map', 'lit/directives/live',
    'lit-element/lit-element', 'lit-html/lit-html', 'lit-html/is-server', 'lit-html/directive', 'lit-html/directive-helpers',
    'lit-html/directives/repeat', 'lit-html/directives/class-map', 'lit-html/directives/style-map', 'lit-html/directives/live',
    'lit__reactive-element/reactive-element', 'lit__reactive-element/css-tag']),
  '/webjars/ol/dist/ol.js',
];

const CURRENT = '/current';
const NEXT = '/next';

const said = async (name) => (await (await caches.open(STATE)).match(name))?.text();
const say = async (name, value) => (await caches.open(STATE)).put(name, new Response(value));

addEventListener('install', (event) => event.waitUntil(readFiles().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', (event) => {
  if (event.data === 'look') event.waitUntil(readFiles().then((isNewer) => isNewer && event.source.postMessage('newer'), () => {}));
  if (event.data === 'forget') event.waitUntil(caches.delete(TILES));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === PAGE) event.respondWith(openPage(request));
  } else if (pathname.startsWith('/page/') || pathname.startsWith('/webjars/')) {
    event.respondWith(file(request, pathname));
  } else if (pathname.startsWith('/v1/tiles/')) {
    event.respondWith(tile(event, request));
  }
});

/** @returns whether another version than the one that is shown was found, and is whole */
async function readFiles() {
  const files = await Promise.all(FILES.map(readFile));
  const name = SHELL + (await digest(new TextEncoder().encode(files.map(({ hash }) => hash).join()))).slice(0, 16);
  if ((await said(NEXT)) === name) return false;
  const cache = await caches.open(name);
  await Promise.all(files.map(({ path, bytes, headers }) => cache.put(path, new Response(bytes, { headers }))));
  await say(NEXT, name);
  return Boolean(await said(CURRENT));
}

/** To its end, at once: what is half read keeps one of the few connections that there are to a host. */
async function readFile(path) {
  const answer = await fetch(path, { cache: 'no-cache' });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  // The bytes are unpacked by now.
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  return { path, bytes, headers, hash: await digest(bytes) };
}

const digest = async (bytes) => hex(await crypto.subtle.digest('SHA-256', bytes));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function openPage(request) {
  const next = await said(NEXT);
  if (next && next !== (await said(CURRENT))) {
    await say(CURRENT, next);
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(SHELL) && name !== next).map((name) => caches.delete(name)));
  }
  return (await kept(PAGE)) ?? fetch(request);
}

const file = async (request, pathname) => (await kept(pathname)) ?? fetch(request);

async function kept(pathname) {
  const name = (await said(CURRENT)) ?? (await said(NEXT));
  return name ? (await caches.open(name)).match(pathname) : undefined;
}

/** What was seen is shown at once; where it is older than some minutes, it is read again for the next time. */
async function tile(event, request) {
  const cache = await caches.open(TILES);
  const held = await cache.match(request.url);
  if (!held) return readTile(cache, request);
  const at = Date.parse(held.headers.get('Date') ?? '');
  if (!(Date.now() - at < TILE_FRESH_MILLIS)) event.waitUntil(readTile(cache, request).catch(() => {}));
  return held;
}

async function readTile(cache, request) {
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request.url, answer.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_TILES)).map((key) => cache.delete(key)));
  }
  return answer;
}
