"""What the planner found, in words for coordinators."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.words import broken_rule
from upstander.program.training.selectors.choices import AUDIENCES

KM_PER_MILE = 1.609344
STAGES = {
    "": gettext_lazy("Waits for its turn"),
    "draft": gettext_lazy("Draft"),
    "who": gettext_lazy("Who serves which site"),
    "when": gettext_lazy("On which days and at which times"),
    "done": gettext_lazy("Finished"),
}
TONES = {"draft": "waits", "released": "good", "aside": "quiet", "superseded": "quiet"}
NO_HOURS = gettext_lazy("No hours of this group are left in this year.")
NONE_FOR_ALL_ASKED = gettext_lazy(
    "No hours are left in this year in which everyone is free whom its request names. Put days or a group into the"
    " request, or enter hours for all of them."
)
SITE_ALONE = {
    "window": gettext_lazy("No window of the site is left in this year."),
    "closed": gettext_lazy("All windows of the site lie on days without school, or on days it ruled out."),
    "room": gettext_lazy("The room has too few seats for everyone."),
}


def named(entry: Any) -> str:
    """The site of an entry, with its audience where the site trains several apart."""
    if not entry.part:
        return str(entry.site.name)
    return f"{entry.site.name}: {dict(AUDIENCES).get(entry.part, entry.part)}"


def miles(km: float) -> str:
    """A distance as people here say it."""
    count = round(km / KM_PER_MILE)
    return ngettext("%(miles)s mile", "%(miles)s miles", count) % {"miles": f"{count:,}"}


def reasons(entry: Any, wish: Any = None) -> list[str]:
    """Why an entry has no day: each rule in a sentence, with how many of the Cadre it concerns. `wish` is the request
    that its site waits with, if one: it may ask for everyone where hours are for groups."""
    told = [(each["rule"], each["members"]) for each in entry.lacking.get("reasons", [])]
    without_hours = NO_HOURS if entry.part else NONE_FOR_ALL_ASKED if wish else SITE_ALONE["window"]
    return [str(without_hours) if each == ("window", 0) else _reason(*each) for each in told]


def relaxation(lacking: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The least that would have to change so that the site gets a day; empty when nothing was found."""
    found = lacking.get("relaxation")
    if not found:
        return ""
    steps = "; ".join(_step(step, names) for step in found["steps"])
    placement = found["placement"]
    day = parse_date(placement["day"])
    told = {
        "steps": steps,
        "day": date_format(day, "DATE_FORMAT") if day else "",
        "time": time_format(time_of(placement["starts"])),
        "name": names.get(placement["members"][0]["member"], ""),
    }
    return _("It could be held on %(day)s at %(time)s by %(name)s, if: %(steps)s.") % told


def relaxed(allowance: Any) -> str:
    """Which rules an exception sets aside, each in a sentence."""
    return " ".join(dict.fromkeys(str(broken_rule(step["rule"])) for step in allowance.steps))


def _reason(rule: str, count: int) -> str:
    if not count:
        return str(SITE_ALONE.get(rule, broken_rule(rule)))
    return _("%(reason)s (%(count)s of the Cadre)") % {"reason": broken_rule(rule), "count": count}


STEPS = {
    "window": gettext_lazy("the site opens this day"),
    "day_full": gettext_lazy("%(name)s takes %(needed)s sessions that day instead of %(now)s"),
    "week_full": gettext_lazy("%(name)s takes %(needed)s sessions that week instead of %(now)s"),
    "region": gettext_lazy("%(name)s also serves this region"),
    "skill": gettext_lazy("the skill of %(name)s is renewed"),
    "free": gettext_lazy("%(name)s works at that time"),
    "released": gettext_lazy("the supervisor of %(name)s releases them for that day"),
    "room": gettext_lazy("a room for %(needed)s people is found"),
    "certified": gettext_lazy("the credential of %(name)s counts by then"),
    "pair": gettext_lazy("one consultant alone may hold it"),
    "language": gettext_lazy("%(name)s gives it in the language of the site"),
    "travel_limit": gettext_lazy("%(name)s agrees to a way of %(miles)s"),
}


def _step(step: Mapping[str, Any], names: Mapping[str, str]) -> str:
    told = {"name": names.get(step["member"], ""), "now": step["now"], "needed": step["needed"], "miles": ""}
    if step["rule"] == "travel_limit":
        told["miles"] = miles(float(step["needed"]))
    return str(STEPS.get(step["rule"], broken_rule(step["rule"]))) % told


def standing(entry: Any) -> tuple[str, str]:
    """A word for where a site of a plan stands, and its tone."""
    if entry.is_left_out:
        return _("Left out"), "quiet"
    if entry.on is None:
        return _("No day found"), "stops"
    if entry.answer == "declined":
        return _("Declined"), "stops"
    if entry.session is None:
        return (_("Pinned"), "") if entry.is_pinned else (_("Planned"), "waits")
    return SESSION_STATES[entry.session.state]()


SESSION_STATES: dict[str, Callable[[], tuple[str, str]]] = {
    "planned": lambda: (_("Waits for the site's answer"), "waits"),
    "confirmed": lambda: (_("Accepted"), "good"),
    "open": lambda: (_("Open now"), "good"),
    "closed": lambda: (_("Held"), "good"),
    "cancelled": lambda: (_("Called off"), "stops"),
}


def gap(best: int | None, bound: int | None) -> str:
    """How far the best plan may be from the best possible one, in percent."""
    if best is None or bound is None:
        return ""
    return f"{max(best - bound, 0) * 100 / max(best, 1):.1f} %"


def proven(proof: Mapping[str, Any]) -> str:
    """What is proven about a plan, in a sentence."""
    if proof.get("gap") is None:
        return _("Nothing is proven yet about how good this plan is.")
    gap = f"{proof['gap'] * 100:.1f}"
    nothing_better = _("Proven: among these consultants no plan is better in travel and load together.")
    better = _("Proven: among these consultants no plan is better in travel and load by more than %(gap)s %%.")
    looked_at = ngettext(
        "For each site at most %(choices)s consultant was looked at, the nearest first.",
        "For each site at most %(choices)s consultants were looked at, the nearest first.",
        proof["choices"],
    )
    proof_of = nothing_better if gap == "0.0" else better % {"gap": gap}
    return f"{looked_at % {'choices': proof['choices']}} {proof_of}"


def stage(run: Any) -> object:
    """How far a search is. The first one on a server begins with fetching the solver."""
    if run.state == "running" and not run.stage:
        return _("Prepares; the first search on a server takes a minute longer")
    return STAGES[run.stage]
