// Dragging a session of a draft to another day or consultant. The form on the page of its site does the same, and is what
// is filled in and sent here: the same rules answer. Without this file, that page is where sessions are changed.
"use strict";

(() => {
  const panel = document.querySelector("[data-dragging]");
  if (!panel) return;
  const [told, after, places] = ["told", "after", "places"].map((name) => panel.querySelector(`[data-${name}]`));
  const words = panel.dataset;
  const own = new Set();  // what was dragged here may be dragged on, though it is pinned since
  let held = null;  // the card in the air, and the form of its site once that has come
  let isSending = false;

  const make = (name, text = "", kept = {}) => {
    const made = Object.assign(document.createElement(name), { textContent: text });
    Object.assign(made.dataset, kept);
    return made;
  };
  const read = async (address, sent) => {
    const answer = await fetch(address, { credentials: "same-origin", ...sent });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const say = (text, isRefused = false) => {
    told.textContent = text;
    panel.classList.toggle("is-open", Boolean(text));
    panel.classList.toggle("is-refused", isRefused);
  };
  const lines = (page, within) => [...page.querySelectorAll(within)].map((one) => one.textContent.trim()).join(" ");

  // What the form offers: days and consultants; which of them are possible stands in a group of that name.
  const all = (select) => [...select.options].filter((option) => option.value);
  const isPossible = (option, select) => option.parentElement.label === select.dataset.possible;
  const dayOf = (option) => option.value.slice(0, 10);
  const minutesOf = (option) => Number(option.value.slice(11, 13)) * 60 + Number(option.value.slice(14, 16));
  const ofDay = (select, day) => {  // a start that is possible before one that is not, then the one nearest to now
    const now = select.selectedOptions[0];
    const far = (option) => (isPossible(option, select) ? 0 : 10000) + Math.abs(minutesOf(option) - minutesOf(now));
    return all(select).filter((option) => dayOf(option) === day).sort((one, other) => far(one) - far(other))[0];
  };
  const fieldOf = (form, seat) => (form.elements.second.value === seat ? "second" : "member");

  const spots = (heading, options, keep) => {
    const list = make("ul");
    list.className = "spots";
    for (const option of options) list.append(make("li", option.textContent, keep(option)));
    places.append(make("h3", options.length ? heading : `${heading}: ${words.nothing}`), list);
  };
  const show = () => {
    const { time, member, second } = held.form.elements;
    const days = [...new Set(all(time).filter((option) => isPossible(option, time)).map(dayOf))].filter((day) => day !== dayOf(time.selectedOptions[0]));
    places.replaceChildren();
    spots(words.days, days.map((day) => ofDay(time, day)), (option) => ({ day: dayOf(option) }));
    for (const select of [member, second]) {
      const name = select.selectedOptions[0];
      if (!name?.value || (held.seat && select.value !== held.seat)) continue;
      const free = all(select).filter((option) => isPossible(option, select));
      spots(`${words.people} ${name.textContent}`, free, (option) => ({ person: option.value, field: select.name }));
    }
    places.hidden = false;
    const select = held.form.elements[fieldOf(held.form, held.seat)];
    const people = new Set(all(select).filter((option) => isPossible(option, select)).map((option) => option.value));
    for (const row of document.querySelectorAll("[data-board] [data-day], [data-board] [data-person]")) {
      const can = row.dataset.day ? days.includes(row.dataset.day) : people.has(row.dataset.person);
      row.classList.add(can ? "is-possible" : "is-not-possible");
    }
    say(held.site);
  };
  const clear = () => {
    places.hidden = true;
    places.replaceChildren();
    for (const name of ["is-possible", "is-not-possible", "is-over", "is-dragged"]) {
      for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
    }
  };

  // Fill in the form of the card's site as the drop says; an empty sentence means that it may be sent.
  const fill = (form, card, spot) => {
    const { time } = form.elements;
    if (spot.day) {
      const option = ofDay(time, spot.day);
      if (!option) return words.noDay;
      time.value = option.value;
      return "";
    }
    const select = form.elements[spot.field || fieldOf(form, card.seat)];
    select.value = spot.person;
    return select.value === spot.person ? "" : words.stays;
  };
  const isSame = (form, card, spot) =>
    spot.day ? dayOf(form.elements.time.selectedOptions[0]) === spot.day : form.elements[spot.field || fieldOf(form, card.seat)].value === spot.person;

  const renew = async (ref) => {
    const fresh = (await read(window.location.href)).querySelector("[data-board]");
    const open = [...document.querySelectorAll("[data-board] details[open]")].map((one) => one.id);
    document.querySelector("[data-board]").replaceWith(fresh);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    arm();
    const card = document.querySelector(`[data-card="${ref}"]`);
    card?.classList.add("is-moved");
    card?.closest("details")?.setAttribute("open", "");
    return card;
  };
  const tellOf = async (page, card) => {
    const problems = lines(page, "[data-problems] li");
    const refused = problems || lines(page, ".messages .usa-alert--error .usa-alert__text");
    const done = lines(page, ".messages .usa-alert__text");
    after.replaceChildren();
    if (refused || !done) {
      const now = page.querySelector("[data-change]")?.elements.seen.value;
      if (card.seen && now && now !== card.seen) await renew(card.ref);  // somebody else was faster: show what stands
      say(refused ? `${card.site}: ${refused} ${words.stays}` : words.failed, true);
      return;
    }
    own.add(card.ref);
    const moved = await renew(card.ref);
    say(`${card.site}: ${done}`);
    const undo = page.querySelector("[data-undo]");
    if (undo) after.append(document.importNode(undo, true));
    if (moved) {
      const see = make("button", words.see);
      see.type = "button";
      see.className = "usa-button usa-button--outline";
      see.addEventListener("click", () => {
        moved.scrollIntoView({ block: "center" });
        moved.querySelector("a").focus();
      });
      after.append(see);
    }
  };
  const send = async (card, form, data) => {
    isSending = true;
    say(words.sending);
    try {
      await tellOf(await read(form.getAttribute("action"), { method: "POST", body: data }), card);
    } catch {
      say(words.failed, true);
    }
    isSending = false;
  };

  function arm() {
    for (const card of document.querySelectorAll("[data-card]")) {
      card.draggable = !("pinned" in card.dataset) || own.has(card.dataset.card);
      for (const link of card.querySelectorAll("a")) link.draggable = false;
    }
  }
  arm();

  document.addEventListener("dragstart", (event) => {
    const element = event.target.closest?.("[data-card]");
    if (!element || isSending) return;
    const { card: ref, site, seat = "", seen, form: address } = element.dataset;
    const now = { ref, site, seat, seen, form: null };
    held = now;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", site);
    now.ready = read(address).then((page) => {
      now.form = page.querySelector("[data-change]");
      if (held === now && now.form) show();
    }).catch(() => {});
    window.setTimeout(() => {  // a browser gives up a drag whose page changes while it begins
      if (held !== now) return;
      after.replaceChildren();
      element.classList.add("is-dragged");
      if (!now.form) say(`${site}. ${words.looking}`);
    });
  });
  document.addEventListener("dragover", (event) => {
    const spot = held && event.target.closest?.("[data-day], [data-person]");
    document.querySelector(".is-over")?.classList.remove("is-over");
    if (!spot) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    spot.classList.add("is-over");
  });
  document.addEventListener("drop", async (event) => {
    const spot = held && event.target.closest?.("[data-day], [data-person]");
    if (!spot) return;
    event.preventDefault();
    const card = held, where = { ...spot.dataset };
    held = null;
    clear();
    if (!card.form) await card.ready;
    if (!card.form) return say(words.failed, true);
    if (isSame(card.form, card, where)) return say("");
    const refused = fill(card.form, card, where);
    if (refused) return say(`${card.site}: ${refused}`, true);
    const data = new FormData(card.form);
    data.set("seen", card.seen);  // what this board shows, which may have stood here for hours
    await send(card, card.form, data);
  });
  document.addEventListener("dragend", () => {
    if (held) say("");  // let go where nothing takes it: all stays as it was
    held = null;
    clear();
  });
  after.addEventListener("submit", (event) => {
    event.preventDefault();
    const moved = document.querySelector(".is-moved")?.dataset ?? {};
    send({ ref: moved.card, site: moved.site }, event.target, new FormData(event.target, event.submitter));
  });
})();
