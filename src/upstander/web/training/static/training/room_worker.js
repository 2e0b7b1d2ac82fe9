// Answers for the one page of one session that its consultant took along. It keeps nothing by itself, and it gives
// nothing out once the session is over: a copy says until when it may be shown.
"use strict";

const NAME = `room ${self.registration.scope}`;
const PATIENCE = 2500; // milliseconds

const copyOf = (request) => caches.match(request, { cacheName: NAME, ignoreVary: true });
const after = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

/** Whether the kept page's time is over; then all of it goes. */
async function isOver() {
  const page = await copyOf(self.registration.scope);
  if (page && Number(page.headers.get("X-Kept-Until")) > Date.now()) return false;
  await caches.delete(NAME);
  return true;
}

async function newest(request) {
  const copy = (await isOver()) ? undefined : await copyOf(request);
  if (!copy) return fetch(request);
  const answer = await Promise.race([fetch(request).catch(() => copy), after(PATIENCE, copy)]);
  return answer.ok && !answer.redirected ? answer : copy;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.cache === "no-store") return;
  event.respondWith(
    request.mode === "navigate" ? newest(request) : copyOf(request).then((copy) => copy ?? fetch(request)),
  );
});
// The page asks whether all that it needs is there, before it says that it is kept.
self.addEventListener("message", (event) => {
  const copies = Promise.all(event.data.map((path) => copyOf(path)));
  event.waitUntil(copies.then((found) => event.ports[0].postMessage(found.every(Boolean))));
});
