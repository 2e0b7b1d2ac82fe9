// Answers for the one page that a member of staff keeps on their phone. It keeps nothing by itself: what the page put
// into its cache can be given out, and nothing else. Its address limits it to that page.
"use strict";

const NAME = `kept ${self.registration.scope}`;
const PATIENCE = 2500; // milliseconds: a weak signal must not stand between a person and the numbers

const copyOf = (request) => caches.match(request, { cacheName: NAME, ignoreVary: true });
const after = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

/** The page as the server has it, or the copy where the server is slow, far or asks to sign in. */
async function newest(request) {
  const copy = await copyOf(request);
  if (!copy) return fetch(request);
  const answer = await Promise.race([fetch(request).catch(() => copy), after(PATIENCE, copy)]);
  return answer.ok ? answer : copy;
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
