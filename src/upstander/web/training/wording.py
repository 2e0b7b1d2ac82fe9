"""Words for what the matching engine found, and for states."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upstander.engines.matching import Candidate, Reason
from upstander.program.training import states

KM_PER_MILE = 1.609344
LANGUAGE_NAMES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
TONES = {
    states.Request.WAITING: "waits",
    states.Request.PLANNED: "waits",
    states.Request.CONFIRMED: "good",
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
    return CandidateLine(member, member.person.full_name, found.is_free, _distance(found), _reason(found))


def tone(state: str) -> str:
    """How a state is drawn; the word beside it carries the meaning."""
    return TONES.get(state, "")  # type: ignore[call-overload,no-any-return]


def _distance(found: Candidate) -> str:
    if found.distance_km is None:
        return ""
    return _("%(miles)s miles from home base") % {"miles": f"{found.distance_km / KM_PER_MILE:.1f}"}


def _reason(found: Candidate) -> str:
    return REASONS[found.reason](found)


def _free(found: Candidate) -> str:
    if not found.travel_minutes:
        return _("Free at this time.")
    return _("Free, with %(minutes)s minutes for the way there and back.") % {"minutes": found.travel_minutes}


def _moment(found: Candidate) -> str:
    moment: Any = found.detail["starts_at"]
    return time_format(localtime(moment).time())


def _languages(found: Candidate) -> str:
    codes: Any = found.detail["languages"]
    return _("Does not give sessions in %(languages)s.") % {
        "languages": ", ".join(str(LANGUAGE_NAMES[code]) for code in codes)
    }


def _away(found: Candidate) -> str:
    until: Any = found.detail["until"]
    return _("Away; back on %(day)s.") % {"day": date_format(until, "MONTH_DAY_FORMAT")}


def _full(found: Candidate) -> str:
    count: Any = found.detail["count"]
    if found.reason is Reason.DAY_FULL:
        return _("Has %(count)s sessions that day already, as many as agreed.") % {"count": count}
    return _("Has %(count)s sessions that week already, as many as agreed.") % {"count": count}


REASONS: dict[Reason, Callable[[Candidate], str]] = {
    Reason.FREE: _free,
    Reason.LANGUAGE: _languages,
    Reason.AWAY: _away,
    Reason.OUTSIDE_HOURS: lambda found: _("Does not work at this time of the week."),
    Reason.SESSION: lambda found: _("Already holds a session then (%(time)s).") % {"time": _moment(found)},
    Reason.TRAVEL: lambda found: (
        _("Cannot get here in time from a session elsewhere (%(time)s).") % {"time": _moment(found)}
    ),
    Reason.BUSY: lambda found: _("Has other work then (%(time)s).") % {"time": _moment(found)},
    Reason.DAY_FULL: _full,
    Reason.WEEK_FULL: _full,
}
