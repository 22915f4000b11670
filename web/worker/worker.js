// The page's service worker: without a network the page opens, and says so. `worker/plugin.mjs` puts before it `version`, which changes with any file of the page, and `files`, their paths.
// With a network the page is always the server's: what is kept is shown only where the server cannot be reached, so nobody has an old page after a deployment.
const prefix = "whatssound-page-";
const cacheName = prefix + version;
const shell = "/";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      // All of one version or nothing: an old shell with new parts is no page. Not from the browser's own cache, which may be older.
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(fetch(request).catch((error) => kept(shell, error)));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptAsset(request));
  else if (files.includes(url.pathname)) event.respondWith(fetch(request).catch((error) => kept(request, error)));
});

/** What the server answers with the page; a room's history as a file, or the health of the server, is none. */
function isPage(path) {
  return path === shell || /^\/r\/[^/]+\/?$/.test(path);
}

/** Of this version alone, where there is no network. */
async function kept(request, error) {
  const response = await (await caches.open(cacheName)).match(request, { ignoreVary: true });
  if (!response) throw error;
  return response;
}

/** What is in an asset is in its name, so a kept one is right, also for a page of the version before that is still open. */
async function keptAsset(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The version before this one stays, for pages that are open and load their parts as they need them. */
async function forgetOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}
