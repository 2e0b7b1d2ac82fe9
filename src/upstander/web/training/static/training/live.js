// Renews the part of a page that changes by itself. Without this file the page reloads as a whole.
"use strict";

(() => {
  const renew = async () => {
    let wait = 5;
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      if (answer.redirected) {
        window.location.replace(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      const old = document.querySelector("[data-live]");
      if (fresh && old) {
        old.replaceWith(fresh);
        wait = Number(fresh.dataset.seconds) || wait;
      }
    } catch {
      // No network for a moment: what stands there stays, and the next try follows.
    }
    window.setTimeout(renew, wait * 1000);
  };
  const first = document.querySelector("[data-live]");
  if (first) window.setTimeout(renew, (Number(first.dataset.seconds) || 5) * 1000);
})();
