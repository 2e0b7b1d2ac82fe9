// Answers for the one page above it that was put into this browser's cache. It keeps nothing by itself: what the page put
// there can be given out, and nothing else; a copy that names people says until when, and is gone afterwards. Its
// address limits it to that page.
"use strict";

const PATIENCE = 2500; // milliseconds: a weak signal must not stand between a person and the numbers

const after = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

/** The cache of this page: named by what is kept, and the page's address. */
async function nameOfCopy() {
  const names = await caches.keys();
  return names.find((name) => name.endsWith(` ${self.registration.scope}`));
}

async function copyOf(request) {
  const cacheName = await nameOfCopy();
  return cacheName && caches.match(request, { cacheName, ignoreVary: true });
}

/** Whether the copy's time is over; then all of it goes. What names nobody is "kept" without an end; any other copy ends,
 * and one that does not say when is over. */
async function isOver() {
  const name = await nameOfCopy();
  if (!name || name.startsWith("kept ")) return false;
  const until = (await copyOf(self.registration.scope))?.headers.get("X-Kept-Until");
  if (Number(until) > Date.now()) return false;
  await caches.delete(name);
  return true;
}

/** The page as the server has it, or the copy where the server is slow, far or asks to sign in. */
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
