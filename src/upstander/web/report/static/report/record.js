// The reporter's record: lines that are only ever added. A correction is a new line that names the one it replaces.
"use strict";

const Record = {
  // The record with one more line; `line.replaces` is the number of the line it corrects, or nothing.
  add(lines, line, entered) {
    return [...lines, { ...line, number: lines.length + 1, entered }];
  },

  // Whether a moment is still to come: it cannot have happened, so it is no line. However long ago is never refused.
  isAhead(moment, now) {
    return moment !== undefined && moment > now;
  },

  replacedBy(lines, number) {
    return lines.find((line) => line.replaces === number)?.number;
  },

  standing(lines, kind) {
    return lines.filter((line) => line.kind === kind && !this.replacedBy(lines, line.number));
  },

  // When the information came: what the person said last.
  received(lines) {
    return lines.filter((line) => line.kind === "received").at(-1);
  },

  // Where the written report stands: no clock yet, waiting, passed, or sent in time or late.
  state(lines, hours, now) {
    const received = this.received(lines);
    if (!received) return "none";
    const due = received.moment + hours * 3_600_000;
    const sent = this.standing(lines, "written").map((line) => line.moment);
    if (sent.length) return Math.min(...sent) <= due ? "in_time" : "late";
    return now > due ? "passed" : "waiting";
  },
};
