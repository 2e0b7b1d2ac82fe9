// The sheet for the call. It lives on this page; by consent also in this tab until it is closed; and nowhere else.
"use strict";

(() => {
  const root = document.querySelector("[data-worksheet]");
  if (!root) return;
  const place = "upstander.worksheet";
  const asks = [...root.querySelectorAll("[data-ask]")];
  const fields = asks.map((ask) => ask.querySelector("input, textarea"));
  const one = (name) => root.querySelector(`[data-${name}]`);
  const keep = one("consent");
  const read = one("read");
  const words = { read: read.textContent, write: read.dataset.write };

  const remember = () =>
    Device.use("session", (store) => {
      if (!keep.checked) return store.removeItem(place);
      return store.setItem(place, JSON.stringify(Object.fromEntries(fields.map((field) => [field.id, field.value]))));
    });
  const recall = () => {
    const kept = Device.use("session", (store) => store.getItem(place));
    keep.checked = Boolean(kept); // whatever the browser remembered of the box
    if (!kept) return;
    const values = JSON.parse(kept);
    for (const field of fields) field.value = values[field.id] ?? "";
  };

  // What is read out, and what a printed sheet shows, is what stands in the fields; an empty one is said to be unknown.
  const hear = () => {
    for (const ask of asks) {
      const value = ask.querySelector("input, textarea").value.trim();
      ask.querySelector("[data-heard]").textContent = value || root.dataset.unknown;
      ask.toggleAttribute("data-empty", !value);
    }
  };
  const turn = (reading) => {
    hear();
    root.toggleAttribute("data-reading", reading);
    read.textContent = reading ? words.write : words.read;
  };
  const empty = () => {
    for (const field of fields) field.value = "";
    keep.checked = false;
    turn(false);
  };

  root.addEventListener("input", () => {
    one("cleared").hidden = true;
    hear();
    remember();
  });
  read.addEventListener("click", () => turn(!root.hasAttribute("data-reading")));
  one("clear").addEventListener("click", () => {
    empty();
    Device.clear(place);
    one("fields").textContent = String(fields.filter((field) => field.value).length);
    one("stored").textContent = String(Device.count(place));
    one("cleared").hidden = false;
  });
  Device.onCleared(place, () => {
    keep.checked = false;
    Device.clear(place);
  });
  // Words that are kept nowhere are not lost unasked. To dial is not to leave; and "Leave this page" takes the sheet out
  // of the page before it goes, so it is never held up.
  let dialing = false;
  document.addEventListener("click", ({ target }) => {
    dialing = Boolean(target.closest("a[href^='tel:']"));
  });
  window.addEventListener("beforeunload", (event) => {
    const typed = fields.some((field) => field.value.trim());
    if (typed && !keep.checked && root.isConnected && !dialing) event.preventDefault();
    dialing = false;
  });
  // Neither the Back button nor the memory of the browser shows an abandoned sheet to the next person.
  window.addEventListener("pagehide", () => {
    if (!keep.checked) empty();
  });
  empty();
  recall();
  hear();
})();
