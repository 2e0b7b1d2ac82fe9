// The plan is typed into this page and nowhere else: nothing is sent, nothing is stored. "Clear" and every way of leaving
// empty it. A field is replaced, not only emptied, so that no "undo" brings back what stood in it.
"use strict";

(() => {
  const clear = () => {
    for (const slot of document.querySelectorAll("[data-slot]")) {
      const fresh = slot.cloneNode();
      fresh.value = "";
      slot.replaceWith(fresh);
    }
  };

  const status = document.querySelector("[data-cleared]");
  document.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    status.textContent = status.dataset.cleared;
  });
  document.addEventListener("input", () => {
    status.textContent = "";
  });
  document.addEventListener("leaving", clear);
  window.addEventListener("pagehide", clear);
})();
