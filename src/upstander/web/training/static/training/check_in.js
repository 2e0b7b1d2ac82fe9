// A check-in that finds no network is kept on this phone, without the code, and sent when the network is back.
// Without this file the form is sent as any other, and without a network the browser says so.
"use strict";

(() => {
  const form = document.querySelector("[data-check-in]");
  const told = document.querySelector("[data-kept-check-ins]");
  if (!form || !window.indexedDB || !window.crypto?.subtle) return;
  const part = (name) => told.querySelector(`[data-${name}]`);
  const ALPHABET = /^[BCDFHJKMNPRTWXZ]{6}$/;
  const plain = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const number = (text) => text.toUpperCase().replace(/\s/g, "");

  async function proof(code, text) {
    const bytes = (value) => new TextEncoder().encode(value);
    const key = await crypto.subtle.importKey("raw", bytes(code), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(text)));
    return [...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function keep(typed, code) {
    const device = await Queue.device();
    const counter = await Queue.add("", { number: typed });
    const event = (await Queue.of("")).find((one) => one.counter === counter);
    event.proof = await proof(code, `${device}|${counter}|${typed}|${event.noted}`);
    await Queue.put(event);
  }

  async function tell() {
    const waiting = (await Queue.of("")).length;
    part("waiting").hidden = !waiting;
    part("count").textContent = waiting;
  }

  /** The page anew, for a token that still counts. */
  async function token() {
    const page = await fetch(form.action, { cache: "no-store" });
    return new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=form_token]").value;
  }

  async function send() {
    const kept = (await Queue.of("")).filter((one) => one.proof);
    if (!kept.length) return;
    const body = new FormData();
    const fields = ({ counter, number: typed, noted, proof: mac }) => ({ counter, number: typed, noted, proof: mac });
    body.set("form_token", await token());
    const some = kept.slice(0, 5);
    const bundle = { device: await Queue.device(), sent: Date.now(), kept: some.map(fields) };
    body.set("bundle", JSON.stringify(bundle));
    const answer = await fetch(told.dataset.bring, { method: "POST", body });
    if (!answer.ok) return;
    const { outcomes } = await answer.json();
    let settled = 0;
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome === "not_yet" || outcome === "too_many") continue;
      settled += 1;
      await Queue.remove(some[at].counter);
      part(outcome === "recorded" ? "sent" : "refused").hidden = false;
    }
    await tell();
    if (settled && kept.length > some.length) await send();
  }
  const trySending = () => send().catch(() => {});

  async function submit(event) {
    event.preventDefault();
    const [typed, code] = [number(form.elements.staff_number.value), plain(form.elements.code.value)];
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), cache: "no-store" });
      if (answer.redirected) { location.assign(answer.url); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-check-in]");
      if (!fresh) { HTMLFormElement.prototype.submit.call(form); return; } // too many, or too old: the server says it
      form.replaceChildren(...fresh.childNodes);
      form.querySelector("[data-problems]")?.focus();
    } catch {
      part("unreadable").hidden = Boolean(typed.match(/\d/)) && ALPHABET.test(code);
      if (!part("unreadable").hidden) return;
      await keep(typed, code);
      form.reset();
      form.elements.staff_number.value = "";
      await tell();
      part("waiting").focus();
    }
  }

  form.addEventListener("submit", submit);
  window.addEventListener("online", trySending);
  window.setInterval(trySending, 20000);
  tell().then(trySending);
})();
