"""Words for what the matching engine found: why somebody can hold a session, or why not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from upstander.engines.matching import Candidate, Reason
from upstander.foundation.kernel.languages import language_names

KM_PER_MILE = 1.609344


def reason_of(found: Candidate) -> str:
    """Why somebody can hold a session, or why not, in a sentence."""
    return REASONS[found.reason](found)


def reason_for_peers(found: Candidate) -> str:
    """The same, for somebody of the Cadre: that a colleague is kept from a site is the coordinators' to know."""
    return _("Is not available for this one.") if found.reason is Reason.APART else reason_of(found)


def _free(found: Candidate) -> str:
    if not found.travel_minutes:
        return _("Free at this time.")
    return _("Free, with %(minutes)s minutes for the way there and back.") % {"minutes": found.travel_minutes}


def _moment(found: Candidate) -> str:
    moment: Any = found.detail["starts_at"]
    return time_format(localtime(moment).time())


def _languages(found: Candidate) -> str:
    codes: Any = found.detail["languages"]
    return _("Does not give sessions in %(languages)s.") % {"languages": language_names(codes)}


def _away(found: Candidate) -> str:
    until: Any = found.detail["until"]
    return _("Away; back on %(day)s.") % {"day": date_format(until, "MONTH_DAY_FORMAT")}


def _ends(found: Candidate) -> str:
    ends_on: Any = found.detail["ends_on"]
    last = date_format(ends_on - dt.timedelta(days=1), "DATE_FORMAT")
    return _("May lead this kind of session until %(day)s only.") % {"day": last}


def _left(found: Candidate) -> str:
    ends_on: Any = found.detail["ends_on"]
    if ends_on is None:
        return _("Does not belong to the Cadre.")
    last = date_format(ends_on - dt.timedelta(days=1), "DATE_FORMAT")
    return _("Belongs to the Cadre until %(day)s only.") % {"day": last}


def _not_yet(found: Candidate) -> str:
    starts_on: Any = found.detail["starts_on"]
    return _("Belongs to the Cadre from %(day)s on.") % {"day": date_format(starts_on, "DATE_FORMAT")}


def _far(found: Candidate) -> str:
    limit: Any = found.detail["limit_km"]
    return _("Is asked for sessions within %(miles)s miles only.") % {"miles": round(limit / KM_PER_MILE)}


def _full(found: Candidate) -> str:
    count: Any = found.detail["count"]
    if found.reason is Reason.DAY_FULL:
        return _("Has %(count)s sessions that day already, as many as agreed.") % {"count": count}
    return _("Has %(count)s sessions that week already, as many as agreed.") % {"count": count}


REASONS: dict[Reason, Callable[[Candidate], str]] = {
    Reason.FREE: _free,
    Reason.LEFT: _left,
    Reason.NOT_YET: _not_yet,
    Reason.LANGUAGE: _languages,
    Reason.SKILL: lambda found: _("May not lead this kind of session."),
    Reason.SKILL_ENDS: _ends,
    Reason.RELEASE: lambda found: _("Is not released by the supervisor on that day."),
    Reason.CREDENTIAL: lambda found: _("The credential does not count on that day."),
    Reason.APART: lambda found: _("Is not asked for sessions at this site."),
    Reason.TOO_FAR: _far,
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
