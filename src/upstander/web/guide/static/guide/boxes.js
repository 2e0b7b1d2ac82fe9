// Boxes for what was seen, heard, told and thought. They hold text on this page only: nothing here stores or sends it,
// and they are emptied when the page is left, and again when a browser shows the page from memory.
"use strict";

(() => {
  const boxes = document.querySelector("[data-boxes]");
  if (!boxes) return;

  const clear = () => {
    for (const box of boxes.querySelectorAll("textarea")) box.value = "";
  };
  for (const box of boxes.querySelectorAll("textarea")) box.readOnly = false;
  boxes.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    boxes.querySelector("textarea").focus();
  });
  window.addEventListener("pagehide", clear);
  window.addEventListener("pageshow", clear);
})();
