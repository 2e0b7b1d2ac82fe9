// One key a line: a sheet of forty is typed in without leaving the keys. Without this file, ticks and Tab do it.
"use strict";

for (const list of document.querySelectorAll("[data-sheet]")) {
  const ticks = [...list.querySelectorAll("input[type=checkbox]")];
  const [late, early] = [0, 1];
  const minutesOf = (tick, which) => tick.closest("li").querySelectorAll("input[inputmode]")[which];
  let which = late;  // what digits say: a slash turns them to leaving, the next line back to arriving

  const go = (tick, by) => {
    const next = ticks[ticks.indexOf(tick) + by];
    if (next) next.focus();
  };

  list.addEventListener("focusin", () => { which = late; });
  list.addEventListener("keydown", (event) => {
    const tick = event.target;
    if (!ticks.includes(tick) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      tick.checked = !tick.checked;
      if (tick.checked) go(tick, 1);
    } else if (event.key === "ArrowDown") {
      go(tick, 1);
    } else if (event.key === "ArrowUp") {
      go(tick, -1);
    } else if (/^[0-9]$/.test(event.key)) {
      tick.checked = true;
      const minutes = minutesOf(tick, which);
      minutes.value = (minutes.value + event.key).slice(0, 3);
    } else if (event.key === "/") {
      which = early;
    } else if (event.key === "Backspace") {
      for (const each of [late, early]) minutesOf(tick, each).value = "";
      which = late;
    } else {
      return;
    }
    event.preventDefault();
  });

  // A tick is set when its key goes down; the browser would set it back when the key comes up.
  list.addEventListener("keyup", (event) => {
    if (event.key === " " && ticks.includes(event.target)) event.preventDefault();
  });
}
