// "Leave this page". The link works without this file. With it, the page is emptied at once, its place in the
// history is taken by the other site, and three presses of Shift within three seconds do the same. What must end with
// the page (a voice, what was typed) listens for "leaving".
"use strict";

(() => {
  const link = document.querySelector("a[data-leave]");
  if (!link) return;

  const leave = () => {
    document.dispatchEvent(new Event("leaving"));
    document.title = "";
    document.body.replaceChildren();
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  const within = 3000;
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((then) => event.timeStamp - then < within), event.timeStamp];
    if (presses.length === 3) leave();
  });

  // A browser may show an emptied page again from memory when "back" is pressed: load it anew instead.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
