// The reporter's own clock. It lives on this page; with consent also in this device's storage, and nowhere else.
"use strict";

(() => {
  const root = document.querySelector("[data-clock]");
  if (!root) return;
  const place = "upstander.report-clock";
  const { zone, hours } = root.dataset;
  const one = (name) => root.querySelector(`[data-${name}]`);
  const fields = [...root.querySelectorAll("[data-keep]")];
  const keep = one("consent");
  // A browser may refuse storage altogether: the clock works without.
  const storage = (use) => {
    try {
      return use(window.localStorage);
    } catch {
      return null;
    }
  };

  const chosen = (moments) => {
    if (moments.length < 2) return moments[0];
    const which = root.querySelector("input[name=which]:checked");
    return which ? moments[which.value === "earlier" ? 0 : 1] : undefined;
  };

  const draw = () => {
    const [day, time] = [one("day").value, one("time").value];
    const complete = Boolean(day && time);
    const moments = complete ? LegalClock.moments(`${day}T${time}`, zone) : [];
    one("twice").hidden = moments.length < 2;
    one("never").hidden = !complete || moments.length > 0;
    const moment = chosen(moments);
    one("due").hidden = moment === undefined;
    if (moment === undefined) return;
    const due = LegalClock.due(moment, Number(hours));
    const format = { timeZone: zone, dateStyle: "full", timeStyle: "short" };
    one("due-text").textContent = new Intl.DateTimeFormat(document.documentElement.lang, format).format(due);
    one("passed").hidden = due > Date.now();
  };

  const remember = () => {
    if (!keep.checked) return storage((store) => store.removeItem(place));
    const values = Object.fromEntries(fields.map((field) => [field.id, field.type === "radio" ? field.checked : field.value]));
    return storage((store) => store.setItem(place, JSON.stringify(values)));
  };

  const recall = () => {
    const kept = storage((store) => store.getItem(place));
    if (!kept) return;
    const values = JSON.parse(kept);
    for (const field of fields) {
      if (field.type === "radio") field.checked = values[field.id] === true;
      else field.value = values[field.id] ?? "";
    }
    keep.checked = true;
  };

  const empty = () => {
    for (const field of fields) {
      if (field.type === "radio") field.checked = false;
      else field.value = "";
    }
    keep.checked = false;
  };

  root.addEventListener("input", () => {
    one("wiped").hidden = true;
    draw();
    remember();
  });
  one("wipe").addEventListener("click", () => {
    empty();
    remember();
    draw();
    one("wiped").hidden = false;
    one("day").focus();
  });
  window.addEventListener("pagehide", () => {
    if (!keep.checked) empty();
  });
  empty();
  recall();
  draw();
})();
