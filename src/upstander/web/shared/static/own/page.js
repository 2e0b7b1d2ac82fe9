// Small comforts for every page. Nothing here is needed to read or to send anything.
"use strict";

document.documentElement.classList.add("has-script");

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// After a refused form the reader starts at what went wrong.
document.querySelector("[data-problems]")?.focus();

// Who signs out leaves no list of names behind: rooms taken along go first. What is not yet sent stays, without names.
const leaving = document.querySelector("form[action$='/account/sign-out/']");
if (leaving && "caches" in window) {
  leaving.addEventListener("submit", async (event) => {
    event.preventDefault();
    const isRoom = (name) => name.startsWith("room ");
    await Promise.all((await caches.keys()).filter(isRoom).map((name) => caches.delete(name))).catch(() => {});
    leaving.submit();
  });
}
