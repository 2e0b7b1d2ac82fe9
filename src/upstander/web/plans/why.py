"""Why a site is trained then and by them, in sentences; and the nearest other choices with what each would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.engines import planning
from upstander.engines.planning import Alternative, Problem, ProblemError, Why
from upstander.program.training.planning import answers
from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.words import broken_rule
from upstander.web.plans import wording

MOST_OF_A_KIND = 6  # other days, and other consultants


@dataclass(frozen=True, slots=True)
class Other:
    """Another choice, and what it would mean."""

    what: str
    means: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sentences, and the other choices: those that are possible first."""

    reasons: list[str]
    alternatives: list[Other]


def found_for(entry: Any, problem: Problem) -> Why | None:
    """What the engine knows of the entry's session. None for one without a day, and for a plan of an older engine."""
    if entry.on is None or entry.is_left_out:
        return None
    entries = answers.entries_of(entry.plan)
    judged = answers.without_left_out(problem, entries)
    try:
        return planning.why(judged, answers.answer_of(judged, entries), entry.key)
    except ProblemError:
        return None


def reasons_of(entry: Any, problem: Problem, found: Why, names: Mapping[str, str]) -> Reasons:
    """Why the entry stands where it does."""
    told = [_share(share, names) for share in found.shares]
    if found.is_busiest and len(problem.members) > len(found.shares):
        told.append(_("Nobody has more sessions in this plan: another consultant would even it out."))
    if found.wishes_missed:
        told.append(_("The site would rather have another day, but that one would cost more elsewhere."))
    if any(fixed.is_pinned and entry.key in fixed.sites for fixed in problem.fixed):
        told.insert(0, _("People agreed on this session themselves; the planner leaves it as it is."))
    elif entry.is_pinned:
        told.insert(0, _("Somebody pinned it so."))
    days = [each for each in found.alternatives if not each.member][:MOST_OF_A_KIND]
    people = [each for each in found.alternatives if each.member][:MOST_OF_A_KIND]
    return Reasons(told, [_other(each, names) for each in (*days, *people)])


def _share(share: planning.Share, names: Mapping[str, str]) -> str:
    told = {"name": names.get(share.member, ""), "miles": wording.miles(share.travel_km), "count": share.sessions}
    sentence = ngettext(
        "%(name)s travels %(miles)s for it, there and back, and has %(count)s session in this plan.",
        "%(name)s travels %(miles)s for it, there and back, and has %(count)s sessions in this plan.",
        share.sessions,
    )
    return sentence % told


def _other(each: Alternative, names: Mapping[str, str]) -> Other:
    if each.member:
        what = names.get(each.member, "")
    else:
        what = (
            f"{date_format(each.day, 'D')} {date_format(each.day, 'DATE_FORMAT')}, {time_format(time_of(each.starts))}"
        )
    return Other(what, _means(each))


def _means(each: Alternative) -> str:
    if each.against:
        return " ".join(dict.fromkeys(str(broken_rule(step.rule)) for step in each.against))
    if each.travel_km > 0:
        return _("Possible, with %(miles)s more to travel.") % {"miles": wording.miles(each.travel_km)}
    if each.travel_km < 0:
        return _("Possible, with %(miles)s less to travel.") % {"miles": wording.miles(-each.travel_km)}
    return _("Possible, with the same way to travel.")
