// "Leave nothing behind": clears what the companion keeps in this browser, then looks again and counts.
"use strict";

(() => {
  const root = document.querySelector("[data-device]");
  if (!root) return;
  const told = root.querySelector("[data-count]");
  const tell = () => {
    const count = Device.count();
    told.textContent = count ? String(count) : told.dataset.none;
  };
  root.querySelector("[data-clear]").addEventListener("click", () => {
    Device.clear();
    tell();
  });
  window.addEventListener("pageshow", tell);
  tell();
})();
