"""The rules of a plan, as the planner reads them: each gives what would have to change, or nothing if it is kept.

(The checker reads the same rules from the problem again, with code of its own.)
"""

from collections.abc import Iterator, Sequence
from datetime import date

from upstander.engines.planning.answer import Rule, Step
from upstander.engines.planning.diary import Diary
from upstander.engines.planning.ground import Ground, Slot, Wanted
from upstander.engines.planning.problem import Excluded, Mode, Role


def standing(ground: Ground, wanted: Wanted, number: int, role: Role) -> Iterator[Step]:
    """What keeps this member from this session on any day."""
    member = ground.members[number]
    if role is Role.LEAD:
        for language in sorted(wanted.languages - member.languages):
            yield Step(Rule.LANGUAGE, member.ref, needed=language)
    if wanted.is_online:
        return
    region = wanted.host.region
    if region != member.region and region not in member.regions:
        yield Step(Rule.REGION, member.ref, needed=region)
    if not ground.moves(number):
        yield from _distance(ground, wanted, number, 0)


def dated(ground: Ground, wanted: Wanted, number: int, role: Role, slot: Slot) -> Iterator[Step]:
    """What keeps this member from it at this time, whatever else is planned."""
    yield from _entitled(ground, wanted, number, role, slot.day)
    if ground.moves(number) and not wanted.is_online:
        yield from _distance(ground, wanted, number, slot.day)
    yield from _at_hand(ground, wanted, number, slot)


def _entitled(ground: Ground, wanted: Wanted, number: int, role: Role, day: int) -> Iterator[Step]:
    member, calendar = ground.members[number], ground.calendars[number]
    if wanted.excluded and any(each.member == member.ref and _holds(each, day) for each in wanted.excluded):
        yield Step(Rule.EXCLUDED, member.ref)
    last = calendar.until[role]
    if last is not None and day > last:
        yield Step(Rule.SKILL, member.ref, _iso(last), _iso(day))
    for rule, since, until in calendar.terms:
        if not since <= day <= until:
            yield Step(rule, member.ref, _iso(since if day < since else until), _iso(day))


def _at_hand(ground: Ground, wanted: Wanted, number: int, slot: Slot) -> Iterator[Step]:
    member, calendar = ground.members[number], ground.calendars[number]
    if not any(starts <= slot.starts and slot.ends <= ends for starts, ends in calendar.free.get(slot.day, ())):
        yield Step(Rule.FREE, member.ref)
    if slot.day in calendar.busy:
        way = ground.ways.minutes(ground.home(number, slot.day), ground.spot(wanted, number, slot.day))
        if any(starts < slot.ends + way and slot.starts - way < ends for starts, ends in calendar.busy[slot.day]):
            yield Step(Rule.BUSY, member.ref)


def planned(ground: Ground, wanted: Wanted, number: int, slot: Slot, diaries: Sequence[Diary]) -> Iterator[Step]:
    """What keeps this member from it because of their other sessions."""
    member, diary = ground.members[number], diaries[number]
    if any(clash(ground, number, wanted, slot, *other) for other in diary.on(slot.day)):
        yield Step(Rule.TAKEN, member.ref)
    if (count := len(diary.on(slot.day))) >= member.most_per_day:
        yield Step(Rule.DAY_FULL, member.ref, str(member.most_per_day), str(count + 1))
    if (count := diary.in_week(slot.week) + ground.calls_in(number, slot.week)) >= member.most_per_week:
        yield Step(Rule.WEEK_FULL, member.ref, str(member.most_per_week), str(count + 1))


def clash(ground: Ground, number: int, wanted: Wanted, slot: Slot, other: Wanted, at: Slot) -> bool:
    """Whether one member cannot hold both on one day: they overlap, or the way between does not fit."""
    gap = max(at.starts - slot.ends, slot.starts - at.ends)
    here, there = ground.spot(wanted, number, slot.day), ground.spot(other, number, slot.day)
    return gap < 0 or gap < ground.ways.minutes(here, there)


def own(wanted: Wanted) -> Iterator[Step]:
    """What keeps the session from being held at all, whoever comes."""
    host = wanted.host
    if host.seats and host.mode is Mode.IN_PERSON and wanted.heads > host.seats:
        yield Step(Rule.ROOM, now=str(host.seats), needed=str(wanted.heads))


def _distance(ground: Ground, wanted: Wanted, number: int, day: int) -> Iterator[Step]:
    member, km = ground.members[number], ground.km(wanted, number, day)
    limit = member.travel_limit_km
    if limit is not None and km is not None and km > limit:
        yield Step(Rule.TRAVEL_LIMIT, member.ref, now=f"{limit:g}", needed=f"{-(-km // 1):g}")


def _holds(each: Excluded, day: int) -> bool:
    on = date.fromordinal(day)
    return (each.since or on) <= on <= (each.until or on)


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat() if ordinal else ""
