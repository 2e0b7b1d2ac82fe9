// How the words read, told while they are written: whenever typing pauses, the page's own "See how it reads" is asked for,
// which saves nothing. The formulas are the server's alone. Without this file the button does the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-reads]");
  const shown = document.getElementById("reading");
  const spoken = document.querySelector("[data-read-aloud]");
  const PAUSE_MS = 600;
  let pause = 0;
  let asking = new AbortController();

  const ask = async () => {
    asking.abort(); // only what is written now matters
    asking = new AbortController();
    const words = new FormData(form);
    words.set("move", "check");
    const answer = await fetch(location.href, { method: "POST", body: words, signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page.getElementById("reading"));
  };

  const show = (fresh) => {
    if (!fresh) return; // signed out meanwhile: the last answer stays until the button is pressed
    const before = verdicts(shown);
    shown.replaceChildren(...fresh.childNodes);
    if (verdicts(shown) !== before) spoken.textContent = verdicts(shown);
  };

  // One line a language, without its numbers: read aloud when it changes, and not at every pause.
  const verdicts = (part) =>
    [...part.querySelectorAll("tbody tr")]
      .map((row) => `${row.cells[0].textContent.trim()}: ${row.querySelector(".status").textContent}`)
      .join(". ");

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => ask().catch(() => {}), PAUSE_MS); // no network: the button says so
  });
})();
