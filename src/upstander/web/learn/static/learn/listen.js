// The page read aloud by a voice that lives on this device. A voice that would send the words to a server is never taken;
// where the device has none of its own in the language of the page, nothing is offered.
"use strict";

(() => {
  const offer = document.querySelector("[data-listen]");
  const speech = window.speechSynthesis;
  if (!offer || !speech) return;

  const button = offer.querySelector("button");
  const [listen, stop] = button.querySelectorAll("span");
  const language = document.documentElement.lang;
  const CORE = ".lead > :is(h1, p:not(.over)), .stack :is(h2, h3, p, li, summary, .phone)";
  const BESIDE = ".dated, .myth > details, .listen, .not-on-paper, .stack > nav, .actions";

  const ownVoice = () =>
    speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));

  // In the order of the page: what is folded up too, but not the sources, the days on which they were read, nor ways on.
  const passages = () =>
    [...document.querySelectorAll(CORE)]
      .filter((part) => !part.closest(BESIDE) && !part.querySelector("p, li"))
      .map((part) => part.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean);

  const show = (isSpeaking) => {
    listen.hidden = isSpeaking;
    stop.hidden = !isSpeaking;
  };

  const hush = () => {
    speech.cancel();
    show(false);
  };

  const read = () => {
    const voice = ownVoice();
    const lines = passages().map((words) => {
      const line = new SpeechSynthesisUtterance(words);
      [line.voice, line.lang] = [voice, voice.lang];
      return line;
    });
    lines.at(-1).onend = () => show(false);
    speech.cancel(); // what another page left unsaid
    lines.forEach((line) => speech.speak(line));
    show(true);
  };

  const offerIt = () => {
    offer.hidden = !ownVoice();
  };

  offerIt();
  speech.addEventListener("voiceschanged", offerIt); // many devices name their voices late
  button.addEventListener("click", () => (stop.hidden ? read() : hush()));
  document.addEventListener("leaving", hush);
  document.addEventListener("visibilitychange", () => document.hidden && hush()); // someone came in: silence
  window.addEventListener("pagehide", hush);
})();
