// A legal clock in the browser: real hours, and wall times that happened twice or never are told, not guessed.
// The same golden tables test this file and the server's engine. Moments are milliseconds since 1970.
"use strict";

const LegalClock = {
  hour: 3_600_000,
  partsOfDayFrom: [0, 4, 12, 18, 19, 21],

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

  // A moment as people say it: day of the week (0 is Monday), hour of twelve, minute, part of the day (0 to 5).
  spoken(moment, zone) {
    const wall = this.wallAt(moment, zone);
    const [hour, minute] = wall.slice(11).split(":").map(Number);
    return {
      weekday: (new Date(`${wall}Z`).getUTCDay() + 6) % 7,
      hour: hour % 12 || 12,
      minute,
      part: this.partsOfDayFrom.filter((from) => from <= hour).length - 1,
    };
  },

  // "Sunday at 5:00 in the morning", in the words that the page was given.
  said(moment, zone, words) {
    const { weekday, hour, minute, part } = this.spoken(moment, zone);
    const at = hour === 1 ? words.at_one : words.at_many;
    return `${words.weekdays[weekday]} ${at} ${hour}:${String(minute).padStart(2, "0")} ${words.parts_of_day[part]}`;
  },
};
