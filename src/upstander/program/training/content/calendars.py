"""Why a calendar could not be read, in words for its owner. None of them repeats what stands in it."""

from django.utils.translation import gettext_lazy as _

from upstander.engines.calendar_files import CalendarRefused, Why
from upstander.foundation.fetching import Cause

WHY: dict[str, object] = {
    Why.TOO_LARGE: _("This file is too large. Please export only this school year."),
    Why.NOT_TEXT: _("This is not a calendar file: it holds something else than text."),
    Why.NOT_A_CALENDAR: _("This is not a calendar file. Its name usually ends in .ics."),
    Why.BROKEN_LINE: _("This line cannot be read."),
    Why.NOT_CLOSED: _("The file breaks off: something that begins here does not end."),
    Why.NO_START: _("An entry has no start."),
    Why.BAD_TIME: _("This is no time, or an end before its start."),
    Why.BAD_RULE: _("This rule for repeating cannot be read."),
    Why.TOO_OFTEN: _("This entry repeats too often."),
    Why.UNKNOWN_ZONE: _("This time zone is not known here."),
}
# What can go wrong on the way to a calendar, and then what its owner can do.
NO_KEY, BROKE_OFF = "no_key", "broke_off"
ON_THE_WAY: dict[str, object] = {
    Cause.NOT_AN_ADDRESS: _("The address is not one that is asked here. Please connect the calendar again."),
    Cause.HOST_NOT_NAMED: _("Calendars of this host are not asked any more. Please read a calendar file instead."),
    Cause.NO_SUCH_HOST: _("There is no host of this name at the moment."),
    Cause.NOT_PUBLIC: _("The host’s name leads to a place that is not asked from here. Please tell your IT office."),
    Cause.NO_ANSWER: _("The host does not answer at the moment."),
    Cause.CERTIFICATE: _("The host could not prove that it is the one it says. Nothing was asked."),
    Cause.LED_ASTRAY: _("The host sent us to another place, which is not asked from here."),
    Cause.TOO_SLOW: _("The host took too long."),
    Cause.TOO_LARGE: _("The calendar is too large. Please connect one with fewer years in it."),
    Cause.REFUSED: _("The host refused it: the address has probably changed. Please copy it from your calendar anew."),
    Cause.LATER: _("The host asked for some patience."),
    Cause.GARBLED: _("What the host sent broke off, or could not be read."),
    NO_KEY: _("The address cannot be opened any more. Please connect the calendar again."),
    BROKE_OFF: _("The reading broke off several times."),
}


def said_of_file(refused: CalendarRefused) -> str:
    """Why a file cannot be read, and where."""
    if refused.line is None:
        return str(WHY[refused.why])
    return _("Line %(line)s: %(why)s Nothing was changed.") % {"line": refused.line, "why": WHY[refused.why]}


def said_of_calendar(trouble: str, line: int | None) -> str:
    """Why a connected calendar brought nothing; empty where nothing went wrong."""
    if trouble in ON_THE_WAY or not trouble:
        return str(ON_THE_WAY.get(trouble, ""))
    return said_of_file(CalendarRefused(Why(trouble), line))
