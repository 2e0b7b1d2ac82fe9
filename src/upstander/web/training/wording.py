"""Words for a candidate of the matching engine, and for states."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.engines.matching import Candidate
from upstander.program.training import states
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.content.offerings import TOPICS
from upstander.web.shared.reasons import reason_of

KM_PER_MILE = 1.609344
TONES = {
    states.Request.WAITING: "waits",
    states.Request.PLANNED: "waits",
    states.Request.CONFIRMED: "good",
    states.Request.MOVING: "waits",
    states.Request.UNDERWAY: "good",
    states.Request.DELIVERED: "good",
    states.Session.OPEN: "good",
    states.Session.CLOSED: "good",
    states.Request.WITHDRAWN: "quiet",
    states.Request.DECLINED: "stops",
    states.Session.CANCELLED: "stops",
}


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One member of the Cadre as the coordinator reads them."""

    member: Any
    name: str
    is_free: bool
    distance: str
    reason: str


def candidate_line(member: Any, found: Candidate) -> CandidateLine:
    """Name, distance and the reason in a sentence."""
    reason = reason_of(found)
    if not found.is_free and member.deputy:
        reason += " " + _("%(name)s stands in for them.") % {"name": member.deputy.person.full_name}
    return CandidateLine(member, member.person.full_name, found.is_free, _distance(found), reason)


def needs_pair(asked: Any, team: list[Any]) -> bool:
    """Whether two should come for so many people, and one would come alone."""
    pair_from = kind_of(asked.kind).pair_from
    return bool(pair_from) and asked.head_count >= pair_from and all(each.role != "co_lead" for each in team)


def parts_words(partial: Any) -> str:
    """Which part of a session somebody missed, in minutes and, where it is known what was given, in topics."""
    late, early = partial.parts
    first = ngettext("the first %(minutes)s minute", "the first %(minutes)s minutes", late)
    last = ngettext("the last %(minutes)s minute", "the last %(minutes)s minutes", early)
    begin, end = first % {"minutes": late} if late else "", last % {"minutes": early} if early else ""
    topics = ", ".join(str(TOPICS[topic]) for topic in partial.topics)
    minutes = _("%(begin)s and %(end)s") % {"begin": begin, "end": end} if begin and end else begin or end
    return f"{minutes} ({topics})" if topics else minutes


def tone(state: str) -> str:
    """How a state is drawn; the word beside it carries the meaning."""
    return TONES.get(state, "")  # type: ignore[call-overload,no-any-return]


def _distance(found: Candidate) -> str:
    if found.distance_km is None:
        return ""
    return _("%(miles)s miles from home base") % {"miles": f"{found.distance_km / KM_PER_MILE:.1f}"}
