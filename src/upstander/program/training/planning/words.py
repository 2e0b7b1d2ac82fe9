"""The rules of a plan in kind sentences, for refusals and for reasons."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upstander.engines.planning import Rule, Violation

Words = str | Promise

BROKEN: dict[str, Words] = {
    Rule.WINDOW: gettext_lazy("The time lies outside the windows of the site."),
    Rule.CLOSED: gettext_lazy("There is no school that day, or the site has ruled it out."),
    Rule.ROOM: gettext_lazy("The room has too few seats."),
    Rule.EXCLUDED: gettext_lazy("This consultant is not to come to this site."),
    Rule.SKILL: gettext_lazy("The consultant does not hold the skill for this role that day."),
    Rule.CERTIFIED: gettext_lazy("The consultant's credential does not count that day."),
    Rule.RELEASED: gettext_lazy("The consultant's supervisor has not released them for that day."),
    Rule.IN_POST: gettext_lazy("The consultant does not belong to the Cadre on that day."),
    Rule.LANGUAGE: gettext_lazy("The consultant does not give sessions in the language of the site."),
    Rule.REGION: gettext_lazy("The site lies outside the regions of the consultant."),
    Rule.TRAVEL_LIMIT: gettext_lazy("The way is longer than the consultant agreed to."),
    Rule.FREE: gettext_lazy("The consultant does not work at that time."),
    Rule.BUSY: gettext_lazy("The consultant has other work then, or cannot get there in time from it."),
    Rule.TAKEN: gettext_lazy("The consultant holds another session then, or cannot get there in time from it."),
    Rule.DAY_FULL: gettext_lazy("The consultant has as many sessions that day as agreed."),
    Rule.WEEK_FULL: gettext_lazy("The consultant has as many sessions that week as agreed."),
    Rule.PAIR: gettext_lazy("Two consultants are needed for so many people."),
    "site_missing": gettext_lazy("A site is neither planned nor listed as left over."),
    "site_twice": gettext_lazy("A site is planned twice."),
    "member_unknown": gettext_lazy("The consultant no longer belongs to the Cadre."),
    "together": gettext_lazy("Sites that are trained together by now are planned apart, or the other way round."),
    "pin": gettext_lazy("A session that people agreed to would be changed."),
    "asked_anew": gettext_lazy("What the site asks for is not what this plan holds."),
    "regrouped": gettext_lazy("The site’s hours have changed: its staff are trained in other groups now."),
    "length": gettext_lazy("The session is not as long as it has to be."),
}
OTHERWISE = gettext_lazy("The plan contradicts the calendars.")


def broken_rule(rule: str) -> Words:
    """One rule that a plan breaks, in a sentence."""
    return BROKEN.get(rule, OTHERWISE)


def broken_rules(found: Iterable[Violation]) -> str:
    """What stands in the way of a change: each sentence once, in a fixed order."""
    sentences = dict.fromkeys(str(broken_rule(each.rule)) for each in sorted(found, key=lambda each: each.rule))
    return _("This cannot be done. %(reasons)s") % {"reasons": " ".join(sentences)}
