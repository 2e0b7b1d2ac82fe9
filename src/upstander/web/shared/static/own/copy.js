// A page that was put into this browser's cache opens without a network only when its worker is at work and has all of
// it. Nothing may say before that the page is kept.
"use strict";

globalThis.Copy = (() => {
  const PATIENCE = 10000; // milliseconds

  const started = (worker) => new Promise((done, failed) => {
    const look = () => {
      if (worker.state === "activated") done(worker);
      if (worker.state === "redundant") failed(new Error("the worker gave up"));
    };
    worker.addEventListener("statechange", look);
    look();
  });

  const hasAll = (worker, paths) => new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => { port1.close(); done(data); };
    setTimeout(failed, PATIENCE, new Error("the worker does not answer"));
    worker.postMessage(paths, [port2]);
  });

  /** Sets the page's worker to work; fails unless it then has the page and every file. */
  async function serve(page, files) {
    const registration = await navigator.serviceWorker.register(`${page}worker.js`, { scope: page });
    const worker = await started(registration.installing ?? registration.waiting ?? registration.active);
    if (!(await hasAll(worker, [page, ...files]))) throw new Error("not all of it is here");
  }

  /** The registration of this page's own worker, if there is one. */
  async function registered(page) {
    const found = await navigator.serviceWorker.getRegistration(page);
    return found && new URL(found.scope).pathname === page ? found : undefined;
  }

  /** Whether the page would open without a network. */
  const isServed = async (page, name) => (await caches.has(name)) && Boolean((await registered(page))?.active);

  return { serve, registered, isServed };
})();
