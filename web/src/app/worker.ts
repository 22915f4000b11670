/** The page's service worker; null where there can be none: without TLS, as on a home network, in a frame of another site, or where the browser has none. What needs one, as push does, waits for this. */
export function startWorker(): Promise<ServiceWorkerRegistration | null> {
  // Browsers have it on secure origins only, though its type says always.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers || window.parent !== window || import.meta.env.DEV) return Promise.resolve(null);
  return workers.register("/sw.js", { updateViaCache: "none" }).catch(() => null);
}
