// The reporter's own clock and record. It lives on this page; by consent also in this browser; and nowhere else.
"use strict";

(() => {
  const root = document.querySelector("[data-clock]");
  if (!root) return;
  const place = "upstander.report-clock";
  const words = JSON.parse(document.getElementById("clock-words").textContent);
  const hours = Number(root.dataset.hours);
  const language = document.documentElement.lang;
  const one = (name) => root.querySelector(`[data-${name}]`);
  const zone = one("zone");
  const homeZone = zone.value;
  const keep = one("consent");
  let lines = [];

  const zoneName = (key) => [...zone.options].find((option) => option.value === key)?.text ?? key;
  const exact = (moment, inZone) => {
    const cameTwice = LegalClock.moments(LegalClock.wallAt(moment, inZone), inZone).length > 1; // then say which
    const format = new Intl.DateTimeFormat(language, {
      timeZone: inZone, weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric",
      minute: "2-digit", timeZoneName: cameTwice ? "long" : undefined,
    });
    return `${format.format(moment)} (${zoneName(inZone)})`;
  };
  const paragraph = (text) => {
    const drawn = document.createElement("p");
    drawn.textContent = text;
    return drawn;
  };

  // One block in which a line is put together: its wall time, and its named fields.
  const blocks = [...root.querySelectorAll("[data-line]")].map((block) => {
    const part = (name) => block.querySelector(`[data-${name}]`);
    const fields = [...block.querySelectorAll("[data-name]")];
    const radios = [...block.querySelectorAll("input[type=radio]")];
    const own = { block, kind: block.dataset.line, replaces: undefined };
    const wall = () => (part("day").value && part("time").value ? `${part("day").value}T${part("time").value}` : "");
    const moments = () => (wall() ? LegalClock.moments(wall(), zone.value) : []);

    own.moment = () => {
      const found = moments();
      const which = radios.find((radio) => radio.checked);
      if (found.length < 2) return found[0];
      return which && found[which.value === "earlier" ? 0 : 1];
    };
    own.hint = () => {
      const found = moments();
      part("twice").hidden = found.length < 2;
      part("never").hidden = !wall() || found.length > 0;
      part("ahead").hidden = !Record.isAhead(own.moment(), Date.now());
      part("incomplete").hidden = true;
    };
    own.fill = (moment, values) => {
      const at = moment === undefined ? "" : LegalClock.wallAt(moment, zone.value);
      [part("day").value, part("time").value] = [at.slice(0, 10), at.slice(11)];
      for (const radio of radios) radio.checked = false;
      for (const field of fields) {
        if (field.tagName === "SELECT") field.value = values[field.dataset.name] ?? field.options[0].value;
        else field.value = values[field.dataset.name] ?? "";
      }
      own.hint();
      const found = moments();
      if (found.length === 2) radios[found.indexOf(moment) === 1 ? 1 : 0].checked = true;
    };
    own.empty = () => {
      own.replaces = undefined;
      own.fill(undefined, {});
    };
    part("now").addEventListener("click", () => {
      const values = Object.fromEntries(fields.map((field) => [field.dataset.name, field.value]));
      own.fill(Date.now(), values);
    });
    part("add").addEventListener("click", () => {
      const moment = own.moment();
      part("incomplete").hidden = moment !== undefined || !part("never").hidden || !part("twice").hidden;
      part("ahead").hidden = !Record.isAhead(moment, Date.now());
      if (moment === undefined || !part("ahead").hidden) return;
      const values = Object.fromEntries(fields.filter((f) => f.value).map((f) => [f.dataset.name, f.value.trim()]));
      const line = { kind: own.kind, moment, zone: zone.value, replaces: own.replaces, ...values };
      lines = Record.add(lines, line, Date.now());
      if (own.kind === "received") own.replaces = lines.length;
      else own.empty();
      if (block.tagName === "DETAILS") block.open = false;
      draw();
      remember();
    });
    return own;
  });
  const block = (kind) => blocks.find((each) => each.kind === kind);

  const correct = (line) => {
    const target = block(line.kind);
    zone.value = line.zone;
    target.replaces = line.number;
    target.fill(line.moment, line);
    if (target.block.tagName === "DETAILS") target.block.open = true;
    target.block.querySelector("[data-day]").focus();
  };

  const details = (line) =>
    [
      line.agency && words[`agency_${line.agency}`],
      line.outcome && words[`outcome_${line.outcome}`],
      line.how && words[`how_${line.how}`],
      line.answer && words[`answer_${line.answer}`],
      ...["office", "taker", "reference", "advice"].map((name) => line[name] && `${words[name]}: ${line[name]}`),
    ].filter(Boolean);

  const drawLine = (line) => {
    const item = document.createElement("li");
    const by = Record.replacedBy(lines, line.number);
    item.append(paragraph([words[`line_${line.kind}`], exact(line.moment, line.zone), ...details(line)].join(" · ")));
    const notes = [`${words.line_entered} ${exact(line.entered, line.zone)}`];
    if (line.replaces) notes.push(`${words.line_replaces} ${line.replaces}`);
    if (by) notes.push(`${words.line_replaced} ${by}`);
    item.append(paragraph(notes.join(" · ")));
    item.toggleAttribute("data-replaced", Boolean(by));
    if (!by) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "usa-button usa-button--quiet not-on-paper";
      button.textContent = words.line_correct;
      button.setAttribute("aria-label", `${words.line_correct}: ${line.number}`);
      button.addEventListener("click", () => correct(line));
      item.append(button);
    }
    return item;
  };

  const draw = () => {
    one("lines").replaceChildren(...lines.map(drawLine));
    one("no-lines").hidden = lines.length > 0;
    const received = Record.received(lines);
    const state = Record.state(lines, hours, Date.now());
    one("due").hidden = !received;
    one("passed").hidden = state !== "passed";
    one("in-time").hidden = state !== "in_time";
    one("late").hidden = state !== "late";
    if (!received) return;
    const due = LegalClock.due(received.moment, hours);
    one("due-words").textContent = LegalClock.said(due, received.zone, words);
    one("due-text").textContent = exact(due, received.zone);
  };

  const countDigits = () => {
    const expected = root.dataset.referenceDigits;
    const found = root.querySelector("[data-name=reference]").value.replace(/\D/g, "").length;
    one("digits").hidden = !expected || !found;
    one("digits-text").textContent = `${found} / ${expected}`;
  };

  const remember = () => {
    if (!keep.checked) return Device.clear(place);
    return Device.use("local", (store) => store.setItem(place, JSON.stringify(lines)));
  };
  const recall = () => {
    const kept = Device.use("local", (store) => store.getItem(place));
    keep.checked = Boolean(kept); // whatever the browser remembered of the box
    if (!kept) return;
    lines = JSON.parse(kept);
    const received = Record.received(lines);
    if (!received) return;
    zone.value = received.zone;
    block("received").fill(received.moment, {});
    block("received").replaces = received.number;
  };
  const empty = () => {
    lines = [];
    zone.value = homeZone;
    keep.checked = false;
    for (const each of blocks) each.empty();
    draw();
  };

  root.addEventListener("input", () => {
    one("wiped").hidden = true;
    for (const each of blocks) each.hint();
    countDigits();
  });
  keep.addEventListener("change", remember);
  one("calendar").addEventListener("click", () => {
    const received = Record.received(lines);
    Calendar.offer(LegalClock.due(received.moment, hours), words.calendar_title);
  });
  one("wipe").addEventListener("click", () => {
    empty();
    Device.clear(place);
    one("left-lines").textContent = String(lines.length);
    one("left-stored").textContent = String(Device.count(place));
    one("wiped").hidden = false;
  });
  Device.onCleared(place, () => {
    keep.checked = false;
    Device.clear(place);
  });
  window.addEventListener("beforeprint", () => {
    one("printed").textContent = exact(Date.now(), zone.value);
  });
  window.addEventListener("pagehide", () => {
    if (!keep.checked) empty();
  });
  empty();
  recall();
  draw();
})();
