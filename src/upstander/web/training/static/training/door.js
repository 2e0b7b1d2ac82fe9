// The room on the consultant's device, with a network or without. What is tapped is kept on this device first and sent
// when the server can be reached; what it has not answered for stays in the queue and the page says so.
"use strict";

(() => {
  const root = document.querySelector("[data-door]");
  if (!root || !window.indexedDB) return;
  const room = JSON.parse(root.dataset.door);
  const words = JSON.parse(root.dataset.words);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const rows = [...root.querySelectorAll("[data-person]")];
  const page = location.pathname;
  const copy = `room ${location.origin}${page}`;
  const MOST_AT_ONCE = 200;
  let token = root.dataset.token;
  let state = room.state;
  let offset = 0; // milliseconds our server is ahead of this device
  let shown = 0;
  let sending = false;

  // The code of the minute and its picture.
  function drawCode() {
    const minute = Math.floor((Date.now() + offset) / 60000);
    if (minute === shown) return;
    shown = minute;
    const from = (minute - room.first) * 6;
    const letters = from < 0 ? "" : room.letters.slice(from, from + 6);
    part("no-code").hidden = Boolean(letters);
    part("code").hidden = !letters;
    part("letters").textContent = `${letters.slice(0, 3)} ${letters.slice(3)}`;
    part("spelled").textContent = [...letters].join(" ");
    const matrix = letters && Qr.matrix(`${room.address}${letters}/`);
    if (!matrix) return;
    part("picture").setAttribute("viewBox", `0 0 ${matrix.length + 8} ${matrix.length + 8}`);
    part("picture").querySelector("path").setAttribute("d", Qr.path(matrix));
  }

  // Who is here: what the server knows, and on top what it has not heard of yet.
  const clock = (noted) => new Date(noted + offset).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short", timeZone: room.zone });

  function seatOf(person, waiting) {
    const seat = { ...(state.seats[person] ?? { here: false, since: "", left: "" }), isSent: true };
    for (const event of waiting.filter((one) => one.person === person)) {
      seat.isSent = false;
      if (event.how === "struck") Object.assign(seat, { here: false, left: "" });
      if (event.how === "ticked") Object.assign(seat, { here: true, since: seat.since || clock(event.noted), left: "" });
      if (event.how === "left") seat.left = clock(event.noted);
    }
    return seat;
  }

  function drawSeat(row, waiting) {
    const seat = seatOf(row.dataset.person, waiting);
    const said = row.querySelector("[data-seat]");
    said.textContent = [
      !seat.here ? words.absent : seat.left ? `${words.left} ${seat.left}` : `${words.here} ${seat.since}`.trim(),
      seat.isSent ? "" : words.unsent,
    ].filter(Boolean).join(", ");
    said.className = `status ${seat.here ? "good" : "quiet"}`;
    row.querySelector("[data-act=ticked]").hidden = seat.here && !seat.left;
    row.querySelector("[data-act=left]").hidden = !seat.here || Boolean(seat.left);
    row.querySelector("[data-act=struck]").hidden = !seat.here;
    return seat.here;
  }

  async function draw() {
    const waiting = await Queue.of(room.ref);
    const listed = rows.filter((row) => drawSeat(row, waiting)).length;
    const typed = new Set(waiting.map((event) => event.number).filter(Boolean));
    part("count").textContent = listed + state.others + typed.size;
    const answers = waiting.findLast((event) => event.how === "answers")?.who ?? state.responder;
    for (const line of root.querySelectorAll("[data-who]")) {
      line.querySelector("[data-answers]").hidden = line.dataset.who !== answers;
    }
    part("waiting").hidden = !waiting.length;
    part("waiting-count").textContent = waiting.length;
    part("sent").hidden = Boolean(waiting.length);
    part("offline").hidden = navigator.onLine;
    part("not-open").hidden = state.session !== "confirmed" || !navigator.onLine;
    document.documentElement.classList.toggle("is-offline", !navigator.onLine);
  }

  async function note(event) {
    await Queue.add(room.ref, { person: "", number: "", standing: "", who: "", ...event });
    await draw();
    send();
  }

  // Sending. The server answers for each event; only then it leaves the queue.
  const post = async (kept) => fetch(root.dataset.bring, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ device: await Queue.device(), sent: Date.now(), kept }),
    redirect: "manual",
  });

  /** After signing in again the page has another token; without it nothing can be sent. */
  async function renewToken() {
    const answer = await fetch(page, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-door]");
    token = fresh?.dataset.token ?? "";
    return Boolean(token);
  }

  async function sendSome() {
    const kept = (await Queue.of(room.ref)).slice(0, MOST_AT_ONCE);
    const told = kept.map(({ room: _room, ...event }) => event);
    let answer = await post(told);
    if (!answer.ok && (await renewToken())) answer = await post(told);
    part("signed-out").hidden = answer.ok;
    if (!answer.ok) return false;
    const { outcomes, now, ...fresh } = await answer.json();
    offset = now - Date.now();
    drawCode();
    await Queue.run("device", "readwrite", (store) => store.put(offset, "offset"));
    for (const [at, outcome] of outcomes.entries()) {
      await Queue.remove(kept[at].counter);
      if (outcome !== "accepted") refuse(kept[at], outcome);
    }
    state = fresh;
    return kept.length === MOST_AT_ONCE;
  }

  function refuse(event, outcome) {
    const name = root.querySelector(`[data-person="${event.person}"] [data-name]`)?.textContent ?? (event.number || words.responder);
    const line = document.createElement("li");
    line.textContent = `${name}: ${words[outcome] ?? outcome}`;
    part("refused-list").append(line);
    part("refused").hidden = false;
  }

  async function send() {
    if (sending) return;
    sending = true;
    try {
      while (await sendSome());
      if (state.session === "closed") await remove();
      part("closed").hidden = state.session !== "closed";
    } catch {
      // No network: everything stays in the queue, and the next try follows.
    } finally {
      sending = false;
      await draw();
    }
  }

  // Taking the page along, and leaving nothing behind.
  async function keep() {
    const files = root.dataset.files.split(" ");
    const fetched = await Promise.all([page, ...files].map((path) => fetch(path, { cache: "no-store", redirect: "error" })));
    if (fetched.some((answer) => !answer.ok)) throw new Error("not all of it came");
    const cache = await caches.open(copy);
    await Promise.all(fetched.slice(1).map((answer, at) => cache.put(files[at], answer)));
    // Until when by this device's own clock, which may be wrong but goes on as it is.
    const headers = new Headers(fetched[0].headers);
    headers.set("X-Kept-Until", Date.now() + 1000 * Number(headers.get("X-Kept-Seconds")));
    await cache.put(page, new Response(await fetched[0].blob(), { headers }));
    await Copy.serve(page, files);
  }

  async function remove() {
    await caches.delete(copy);
    await (await Copy.registered(page))?.unregister();
    await tellKept();
  }

  async function tellKept() {
    const isKept = await Copy.isServed(page, copy);
    part("keep").hidden = isKept;
    part("kept").hidden = !isKept;
  }

  const able = "serviceWorker" in navigator && "caches" in window;
  part("keeping").hidden = !able;
  if (able) {
    part("keep").addEventListener("click", async () => {
      part("keep-failed").hidden = true;
      await keep().then(tellKept, async () => {
        await remove(); // a copy that would not open must not stay behind either: it holds names
        part("keep-failed").hidden = false;
      });
    });
    part("remove").addEventListener("click", remove);
    tellKept();
  }

  // Taps.
  for (const row of rows) {
    for (const button of row.querySelectorAll("[data-act]")) {
      button.addEventListener("click", async () => {
        await note({ how: button.dataset.act, person: row.dataset.person });
        [...row.querySelectorAll("[data-act]")].find((one) => !one.hidden)?.focus();
      });
    }
  }
  for (const button of root.querySelectorAll("[data-answer]")) {
    button.addEventListener("click", () => note({ how: "answers", who: button.dataset.answer }));
  }
  part("search").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.querySelector("[data-name]").textContent.toLocaleLowerCase().includes(wanted);
  });

  const numberIn = (form) => {
    const typed = form.elements.number.value.toUpperCase().replace(/\s/g, "");
    const good = /^(?=.*\d)[A-Z0-9-]{2,20}$/.test(typed);
    form.querySelector("[data-unreadable]").hidden = good;
    return good ? typed : "";
  };
  part("walk-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const number = numberIn(form);
    if (!number) return;
    await note({ how: "walk_in", number, standing: form.elements.standing.value });
    form.reset();
    form.elements.number.focus();
  });

  // The tablet that goes from hand to hand: nothing of the person before stays on the screen.
  const kiosk = root.querySelector("dialog");
  const digest = async (digits) => {
    const bytes = new TextEncoder().encode(`${await Queue.device()} ${digits}`);
    return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].join(".");
  };
  const lock = (value) => Queue.run("device", "readwrite", (store) => store.put(value, "kiosk"));
  const lockNow = () => Queue.run("device", "readonly", (store) => store.get("kiosk"));
  let thanks = 0;
  part("lock").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { digits } = event.target.elements;
    if (!/^\d{4}$/.test(digits.value)) { digits.focus(); return; }
    await lock(await digest(digits.value));
    event.target.reset();
    kiosk.showModal();
  });
  kiosk.addEventListener("cancel", (event) => event.preventDefault());
  part("kiosk-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const number = numberIn(form);
    part("thanks").hidden = true;
    if (!number) return;
    await note({ how: "code", number });
    form.reset();
    form.elements.number.focus();
    part("thanks").hidden = false;
    clearTimeout(thanks);
    thanks = setTimeout(() => { part("thanks").hidden = true; }, 2500);
  });
  part("unlock").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { digits } = event.target.elements;
    const isRight = (await digest(digits.value)) === (await lockNow());
    event.target.reset();
    if (!isRight) return;
    await lock("");
    kiosk.close();
  });

  window.addEventListener("online", send);
  window.addEventListener("offline", draw);
  window.setInterval(drawCode, 1000);
  window.setInterval(() => { if (!document.hidden) send(); }, 10000);
  Queue.run("device", "readonly", (store) => store.get("offset")).then(async (known) => {
    offset = known ?? 0;
    if (able && known && Date.now() + offset > room.until) await remove();
    if (await lockNow()) kiosk.showModal();
    drawCode();
    await draw();
    await send();
  });
})();
