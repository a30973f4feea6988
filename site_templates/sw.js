{# Stands between the visitor and the network for one thing: a page that cannot be fetched. All else goes past it. #}
{% if page.private %}
// This page is private: nothing of it stays on a device. A worker from before it was goes, with what it kept.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));
{% else %}
const KEPT = "offline-{{ version }}";

addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(KEPT)).add(new Request("/offline", { cache: "reload" }));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { mode, destination } = event.request;
  if (mode === "navigate" && destination === "document") event.respondWith(answer(event));
});

async function answer(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await caches.match("/offline", { cacheName: KEPT })) || Response.error();
  }
}
{% endif %}
