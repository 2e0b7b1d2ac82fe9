// Walks the local rule on the page. It stores nothing and sends nothing; the form has no address to go to.
"use strict";

(() => {
  const form = document.querySelector("[data-walk]");
  const reading = document.querySelector("[data-reading]");
  if (!form || !reading) return;

  const rule = [...form.querySelectorAll("[data-group]")].map((group) => ({
    threshold: Number(group.dataset.threshold),
    observations: [...group.querySelectorAll("[data-observation]")].map((item) => item.dataset.observation),
  }));
  const words = (key) => form.querySelector(`[data-observation="${key}"] legend`).textContent.trim();
  const answers = () =>
    Object.fromEntries([...form.querySelectorAll("input:checked")].map((input) => [input.name, input.value]));

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

  form.querySelector("[data-read]").addEventListener("click", () => {
    const { outcome, spoke, wouldMatter } = Indicators.read(rule, answers());
    for (const part of reading.querySelectorAll("[data-outcome]")) part.hidden = part.dataset.outcome !== outcome;
    list(reading.querySelector("[data-spoke]"), spoke);
    list(reading.querySelector("[data-matter]"), wouldMatter);
    reading.hidden = false;
    reading.querySelector("h2").focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", hide);
  form.addEventListener("reset", hide);
  // Nothing is left for the next person: neither when the page is left, nor when it is shown again from memory.
  window.addEventListener("pagehide", () => form.reset());
  form.reset();
})();
