// Walks the local rule on the page. It stores nothing and sends nothing; the questions are in no form, so that even
// the Enter key cannot send them.
"use strict";

(() => {
  const walk = document.querySelector("[data-walk]");
  const reading = document.querySelector("[data-reading]");
  if (!walk || !reading) return;

  const rule = [...walk.querySelectorAll("[data-group]")].map((group) => ({
    threshold: Number(group.dataset.threshold),
    observations: [...group.querySelectorAll("[data-observation]")].map((item) => item.dataset.observation),
  }));
  const words = (key) => walk.querySelector(`[data-observation="${key}"] legend`).textContent.trim();
  const answers = () =>
    Object.fromEntries([...walk.querySelectorAll("input:checked")].map((input) => [input.name, input.value]));

  const list = (place, keys) => {
    place.replaceChildren(
      ...keys.map((key) => {
        const item = document.createElement("li");
        item.textContent = words(key);
        return item;
      }),
    );
  };
  const hide = () => {
    reading.hidden = true;
    list(reading.querySelector("[data-spoke]"), []);
    list(reading.querySelector("[data-matter]"), []);
  };

  walk.querySelector("[data-read]").addEventListener("click", () => {
    const given = answers();
    const { outcome, spoke, wouldMatter } = Indicators.read(rule, given);
    const shown = Indicators.isUnanswered(given) ? "unanswered" : outcome;
    for (const part of reading.querySelectorAll("[data-outcome]")) part.hidden = part.dataset.outcome !== shown;
    list(reading.querySelector("[data-spoke]"), spoke);
    list(reading.querySelector("[data-matter]"), wouldMatter);
    reading.hidden = false;
    reading.querySelector("h2").focus({ preventScroll: true });
    reading.scrollIntoView({ block: "start" });
  });
  const clear = () => {
    for (const input of walk.querySelectorAll("input")) input.checked = input.defaultChecked;
    hide();
  };
  walk.addEventListener("change", hide);
  walk.querySelector("[data-clear]").addEventListener("click", clear);
  // Nothing is left for the next person: neither when the page is left, nor when it is shown again from memory.
  window.addEventListener("pagehide", clear);
  clear();
})();
