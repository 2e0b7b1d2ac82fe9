// Reads a local rule in the browser, so that no answer leaves the page. The same golden table tests this file and the
// server's engine. `rule` is [{threshold, observations: [key]}]; `answers` maps a key to seen, not_seen or dont_know.
"use strict";

const Indicators = {
  // Nobody answered anything: the rule has nothing to say, and a list of all its signs would read as a task.
  isUnanswered(answers) {
    return Object.values(answers).every((answer) => answer === "dont_know");
  },
  read(rule, answers) {
    const answered = (group, wanted) => group.observations.filter((key) => (answers[key] ?? "dont_know") === wanted);
    const reached = rule.filter((group) => answered(group, "seen").length >= group.threshold);
    if (reached.length) {
      return { outcome: "met", spoke: reached.flatMap((group) => answered(group, "seen")), wouldMatter: [] };
    }
    const open = rule.filter(
      (group) => answered(group, "seen").length + answered(group, "dont_know").length >= group.threshold,
    );
    const wouldMatter = open.flatMap((group) => answered(group, "dont_know"));
    return { outcome: open.length ? "incomplete" : "not_met", spoke: [], wouldMatter };
  },
};
