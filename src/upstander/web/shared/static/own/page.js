// Small comforts for every page. Nothing here is needed to read or to send anything.
"use strict";

document.documentElement.classList.add("has-script");

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// After a refused form the reader starts at what went wrong.
document.querySelector("[data-problems]")?.focus();
