// A legal clock in the browser: real hours, and wall times that happened twice or never are told, not guessed.
// The same golden table tests this file and the server's engine. Moments are milliseconds since 1970.
"use strict";

const LegalClock = {
  hour: 3_600_000,

  // The wall time of a moment in a zone, as "2026-03-08T03:00".
  wallAt(moment, zone) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
      minute: "2-digit",
    });
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
  },

  // Every moment that shows this wall time in the zone: one, two (the clocks went back) or none (they went forward).
  moments(wall, zone) {
    const asUtc = Date.parse(`${wall}Z`);
    const offset = (moment) => Date.parse(`${this.wallAt(moment, zone)}Z`) - moment;
    const guesses = [asUtc - 24 * this.hour, asUtc + 24 * this.hour].map((near) => asUtc - offset(near));
    return [...new Set(guesses)].filter((moment) => this.wallAt(moment, zone) === wall).sort((a, b) => a - b);
  },

  due(moment, hours) {
    return moment + hours * this.hour;
  },
};
