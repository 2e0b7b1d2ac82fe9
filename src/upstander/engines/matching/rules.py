"""The rules that a session has to keep with whoever holds it: each says nothing, or the reason why not."""

import enum
from collections.abc import Callable, Sequence
from datetime import date

from upstander.engines.matching.hours import hours_on
from upstander.engines.matching.people import LEAD, Days, Member, Wanted
from upstander.engines.matching.places import base_on, home_spot, site_spot

PARTS = {LEAD: {LEAD}, "co_lead": {LEAD, "co_lead"}, "shadow": {LEAD, "co_lead", "shadow"}}  # what entitles to each


class Reason(enum.StrEnum):
    """Why somebody is free, or why not."""

    FREE = "free"
    LEFT = "left"
    NOT_YET = "not_yet"
    LANGUAGE = "language"
    SKILL = "skill"
    SKILL_ENDS = "skill_ends"
    RELEASE = "release"
    CREDENTIAL = "credential"
    APART = "apart"
    TOO_FAR = "too_far"
    AWAY = "away"
    OUTSIDE_HOURS = "outside_hours"
    SESSION = "session"
    TRAVEL = "travel"
    BUSY = "busy"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"


Said = tuple[Reason, dict[str, object]] | None
Rule = Callable[[Member, Wanted, int], Said]


def _in_post(member: Member, wanted: Wanted, _way: int) -> Said:
    if member.in_post is None or any(days.hold(wanted.on) for days in member.in_post):
        return None
    if begins := [days.starts_on for days in member.in_post if days.starts_on > wanted.on]:
        return Reason.NOT_YET, {"starts_on": min(begins)}
    ended = [days.ends_on for days in member.in_post if days.ends_on is not None]
    return Reason.LEFT, {"ends_on": max(ended, default=None)}


def _apart(member: Member, wanted: Wanted, _way: int) -> Said:
    sites = {wanted.site, *wanted.guests}
    is_kept = any(each.site in sites and each.days.hold(wanted.on) for each in member.kept_from)
    return (Reason.APART, {}) if is_kept else None


def _language(member: Member, wanted: Wanted, _way: int) -> Said:
    missing = wanted.languages - member.languages if wanted.part == LEAD else None
    return (Reason.LANGUAGE, {"languages": sorted(missing)}) if missing else None


def _skill(member: Member, wanted: Wanted, _way: int) -> Said:
    if not wanted.offering:
        return None
    held = [each.days for each in member.skills if each.offering == wanted.offering and each.part in PARTS[wanted.part]]
    if any(days.hold(wanted.on) for days in held):
        return None
    ended = [days.ends_on for days in held if days.ends_on is not None and days.ends_on <= wanted.on]
    return (Reason.SKILL_ENDS, {"ends_on": max(ended)}) if ended else (Reason.SKILL, {})


def _release(member: Member, wanted: Wanted, _way: int) -> Said:
    return None if _on_file(member.releases, wanted.on) else (Reason.RELEASE, {})


def _credential(member: Member, wanted: Wanted, _way: int) -> Said:
    return None if _on_file(member.credentials, wanted.on) else (Reason.CREDENTIAL, {})


def _on_file(held: Sequence[Days], on: date) -> bool:
    return not held or any(days.hold(on) for days in held)


def too_far(distance: float | None) -> Rule:
    """The rule of how far a member goes, for a session at this distance."""

    def rule(member: Member, _wanted: Wanted, _way: int) -> Said:
        limit = member.travel_limit_km
        return (Reason.TOO_FAR, {"limit_km": limit}) if limit is not None and (distance or 0) > limit else None

    return rule


def _away(member: Member, wanted: Wanted, _way: int) -> Said:
    for each in member.away:
        if each.starts is None and each.starts_on <= wanted.on < each.ends_on:
            return Reason.AWAY, {"until": each.ends_on}
    return None


def _hours(member: Member, wanted: Wanted, _way: int) -> Said:
    spans = hours_on(wanted.on, member.weekly, member.away)
    is_inside = any(starts <= wanted.starts and wanted.ends <= ends for starts, ends in spans)
    return None if is_inside else (Reason.OUTSIDE_HOURS, {})


def _session(member: Member, wanted: Wanted, _way: int) -> Said:
    for each in member.booked:
        if each.span.overlaps(wanted.span):
            return Reason.SESSION, {"starts_at": each.span.starts_at}
    home = home_spot(base_on(member.bases, wanted.on))
    here = home if wanted.online else site_spot(wanted.site, wanted.place)
    for each in member.booked:
        there = home if each.online else site_spot(each.site, each.place)
        if here[0] != there[0] and each.span.overlaps(wanted.span.widened(member.ways.minutes(here, there))):
            return Reason.TRAVEL, {"starts_at": each.span.starts_at}
    return None


def _busy(member: Member, wanted: Wanted, way: int) -> Said:
    with_travel = wanted.span.widened(way)
    for each in member.busy:
        if each.overlaps(with_travel):
            return Reason.BUSY, {"starts_at": each.starts_at}
    return None


def _day(member: Member, wanted: Wanted, _way: int) -> Said:
    count = sum(each.on == wanted.on for each in member.booked)
    return (Reason.DAY_FULL, {"count": count}) if count >= member.most_per_day else None


def _week(member: Member, wanted: Wanted, _way: int) -> Said:
    """Sessions and calls share what somebody can do in a week."""
    week = wanted.on.isocalendar()[:2]
    days = (*member.calls, *(each.on for each in member.booked))
    count = sum(day.isocalendar()[:2] == week for day in days)
    return (Reason.WEEK_FULL, {"count": count}) if count >= member.most_per_week else None


RULES = (_in_post, _apart, _language, _skill, _credential, _release, _away, _hours, _session, _busy, _day, _week)


CALL_RULES = (_apart, _language, _skill, _credential, _release, _away, _week)
