// A calendar entry for the person's own device. Its title is neutral: a calendar is read over shoulders, and shared.
"use strict";

const Calendar = {
  alarms: ["-PT6H", "-PT1H"],

  // The text of an iCalendar file: one moment, two alarms, nothing about why.
  text(moment, title, uid, made) {
    const utc = (when) => new Date(when).toISOString().replace(/[-:]|\.\d{3}/g, "");
    const alarms = this.alarms.flatMap((before) => [
      "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${title}`, `TRIGGER:${before}`, "END:VALARM",
    ]);
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//EN", "BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${utc(made)}`,
      `DTSTART:${utc(moment)}`, `DTEND:${utc(moment)}`, `SUMMARY:${title}`, "CLASS:PRIVATE", ...alarms, "END:VEVENT",
      "END:VCALENDAR",
    ];
    return lines.map((line) => `${line}\r\n`).join("");
  },

  // Hand the entry to the device as a file; nothing is asked of the network.
  offer(moment, title) {
    const text = this.text(moment, title, window.crypto.randomUUID(), Date.now());
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.download = "reminder.ics";
    link.click();
    URL.revokeObjectURL(link.href);
  },
};
