// The QR code's address carries the proof behind "#", which browsers never send: it is put into the form, and taken
// out of the address so that no history keeps it.
"use strict";

(() => {
  const field = document.querySelector("input[name=proof]");
  if (!field || !window.location.hash.startsWith("#UP1.")) return;
  field.value = window.location.hash.slice(1);
  window.history.replaceState(null, "", window.location.pathname);
})();
