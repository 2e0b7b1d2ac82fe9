// What this device noted and has not sent yet. It stays in this browser until the server has answered for each event:
// closing the page, a dead battery or signing out loses nothing. Each event's number never comes again on this device.
"use strict";

const Queue = {
  open() {
    Queue.ready ??= new Promise((done, failed) => {
      const asked = indexedDB.open("upstander-check-in", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("events", { keyPath: "counter", autoIncrement: true }).createIndex("room", "room");
        asked.result.createObjectStore("device");
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    return Queue.ready;
  },

  /** Run `work` over one store and give its request's result once everything is written. */
  async run(store, mode, work) {
    const transaction = (await Queue.open()).transaction(store, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(store));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  },

  /** This browser's name: sixteen characters that say nothing. */
  async device() {
    const known = await Queue.run("device", "readonly", (store) => store.get("name"));
    if (known) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    const name = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
    await Queue.run("device", "readwrite", (store) => store.put(name, "name"));
    return name;
  },

  /** Keep an event for a room ("" where only the code tells which); gives its number. */
  add(room, event) {
    return Queue.run("events", "readwrite", (store) => store.add({ ...event, room, noted: Date.now() }));
  },
  put(event) {
    return Queue.run("events", "readwrite", (store) => store.put(event));
  },
  of(room) {
    return Queue.run("events", "readonly", (store) => store.index("room").getAll(room));
  },
  remove(counter) {
    return Queue.run("events", "readwrite", (store) => store.delete(counter));
  },
};
