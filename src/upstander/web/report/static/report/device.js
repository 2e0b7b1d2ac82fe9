// What the companion keeps in this browser: only by consent, under names of its own, and counted when it is cleared.
// A browser may refuse storage altogether; then nothing is kept, and nothing breaks.
"use strict";

const Device = {
  prefix: "upstander.",
  signal: "upstander.cleared", // written and removed at once, so that other open tabs hear of it

  // Both stores of the browser, as far as it lets us.
  stores() {
    return ["sessionStorage", "localStorage"].flatMap((name) => {
      try {
        return [window[name]];
      } catch {
        return [];
      }
    });
  },

  // Give `use` one store ("session" ends with the tab, "local" stays); null when the browser refuses.
  use(kind, use) {
    try {
      return use(window[`${kind}Storage`]);
    } catch {
      return null;
    }
  },

  // How many entries are there whose name begins so. Without a name: all of this site's, kept pages included.
  count(name = this.prefix) {
    return this.stores().reduce((sum, store) => sum + Object.keys(store).filter((key) => key.startsWith(name)).length, 0);
  },

  clear(name = this.prefix) {
    for (const store of this.stores()) {
      for (const key of Object.keys(store)) if (key.startsWith(name)) store.removeItem(key);
    }
    if (name === this.prefix) this.use("local", (store) => [store.setItem(this.signal, "1"), store.removeItem(this.signal)]);
  },

  // Calls `drop` when another tab has cleared what is kept under `name`, or everything: it must not be written again.
  onCleared(name, drop) {
    window.addEventListener("storage", ({ key, newValue }) => {
      if (newValue === null && [null, name, this.signal].includes(key)) drop();
    });
  },
};
