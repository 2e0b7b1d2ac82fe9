// "Keep on this phone": puts this page and the files it names into this browser's cache, and takes them out again.
// Nothing happens without the click, and what somebody answers on the page is never part of the copy.
"use strict";

(() => {
  const root = document.querySelector("[data-kept]");
  if (!root) return;
  const page = location.pathname;
  const name = `kept ${location.origin}${page}`;
  const files = root.dataset.files.split(" ");
  const part = (what) => root.querySelector(`[data-${what}]`);
  const show = (what, shown) => { part(what).hidden = !shown; };
  const able = "serviceWorker" in navigator && "caches" in window;

  /** All of it first, then into the cache: a copy is whole or it is not there. */
  async function keep() {
    const fetched = await Promise.all([page, ...files].map((path) => fetch(path, { cache: "no-store", redirect: "error" })));
    if (fetched.some((answer) => !answer.ok)) throw new Error("not all of it came");
    const day = new DOMParser().parseFromString(await fetched[0].clone().text(), "text/html").querySelector("[data-on]");
    const cache = await caches.open(name);
    await Promise.all(fetched.map((answer, index) => cache.put([page, ...files][index], answer)));
    const wanted = new Set(fetched.map((answer) => answer.url));
    for (const old of await cache.keys()) if (!wanted.has(old.url)) await cache.delete(old);
    await Copy.serve(page, files);
    root.dataset.day = day.dataset.on;
    part("edition").textContent = day.textContent;
    root.dataset.fresh = day.dataset.on;
  }

  /** Every copy and every worker of this site, then looked at again. */
  async function remove() {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const key of await caches.keys()) if (key.startsWith("kept ")) await caches.delete(key);
    part("copies").textContent = (await caches.keys()).length;
    part("helpers").textContent = (await navigator.serviceWorker.getRegistrations()).length;
  }

  function age() {
    const now = new Date();
    const [year, month, day] = root.dataset.day.split("-").map(Number);
    const days = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.UTC(year, month - 1, day)) / 864e5);
    if (days <= 0) return root.dataset.today;
    return days === 1 ? root.dataset.oneDay : root.dataset.days.replace("#", days);
  }

  async function tell() {
    const kept = await Copy.isServed(page, name);
    show("offer", !kept);
    show("state", kept);
    show("offline", kept && !navigator.onLine);
    document.documentElement.classList.toggle("is-offline", !navigator.onLine);
    part("age").textContent = kept ? age() : "";
  }

  async function doing(work) {
    show("failed", false);
    await work().catch(() => show("failed", true));
    await tell();
  }

  part("unable").hidden = able;
  if (!able) { show("offer", false); return; }
  part("keep").addEventListener("click", () => doing(async () => {
    show("removed", false);
    await keep().catch(async (reason) => { await remove(); throw reason; });
  }));
  part("remove").addEventListener("click", () => doing(async () => {
    await remove();
    show("removed", true);
  }));
  for (const change of ["online", "offline"]) window.addEventListener(change, tell);
  // A copy that is opened with a connection is brought up to date; where that fails, its age says so.
  tell().then(async () => {
    if (navigator.onLine && (await Copy.isServed(page, name))) await keep().catch(() => {});
    await tell();
  });
})();
