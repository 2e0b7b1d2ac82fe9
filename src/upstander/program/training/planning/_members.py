"""The Cadre as the planner wants it, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from upstander.district.places.policies import held_on, known_by
from upstander.engines import planning
from upstander.engines.matching import hours_on
from upstander.engines.planning import Member, Move, Place, Role, Window
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.models import (
    Availability,
    AvailabilityException,
    BusyTime,
    CadreMember,
    Credential,
    HomeBase,
    MemberRegion,
    Release,
    Skill,
)
from upstander.program.training.planning.calendar import DAY, local_spans, minute_of
from upstander.program.training.selectors._as_known import as_away, as_weekly
from upstander.program.training.selectors._calls import calls_of
from upstander.program.training.selectors.matching import EARLIEST_FIRST, posts_of

Rows = dict[int, list[Any]]


def members(
    zone: ZoneInfo, cadre: Iterable[CadreMember], first: dt.date, days: list[dt.date], regions: frozenset[str]
) -> tuple[Member, ...]:
    """These of the Cadre with the time they have on these days, as it stands on the `first` one.

    The home region only tells where somebody belongs: how far they go is a matter of their travel limit. Nobody is
    planned before the first or after the last day on which they belong to the Cadre.
    """
    cadre = list(cadre)
    posts = posts_of(cadre)
    weekly, away = _grouped(Availability.objects.order_by("id")), _grouped(AvailabilityException.objects.order_by("id"))
    skills = _grouped(Skill.objects.filter(known_by(None), offering=kind_of(TRAINING).skill).order_by("id"))
    releases = _grouped(Release.objects.filter(known_by(None)).order_by("id"))
    credentials = _grouped(Credential.objects.filter(known_by(None)).order_by("id"))
    homes = dict(MemberRegion.objects.filter(held_on(first)).values_list("member_id", "region__name"))
    bases = _grouped(HomeBase.objects.filter(known_by(None)).order_by(EARLIEST_FIRST))
    busy, calls = _busy(zone, days), calls_of([member.pk for member in cadre], first, max([first, *days]))
    return tuple(
        _member(
            member,
            region=homes.get(member.pk, ""),
            regions=regions,
            skills=tuple(_skill(row) for row in skills[member.pk]),
            free=_free(
                _here(days, skills[member.pk], _papers(posts, releases, credentials, of=member)),
                weekly[member.pk],
                away[member.pk],
            ),
            busy=tuple(busy[member.pk]),
            calls=tuple(sorted(calls.get(member.pk, []))),
            **_bases(bases[member.pk], first),
            **(_term(posts[member.pk], "in_post_from", "in_post_until") or {"in_post_until": dt.date.min}),
            **_term(releases[member.pk], "released_from", "released_until"),
            **_term(credentials[member.pk], "certified_on", "certified_until"),
        )
        for member in cadre
    )


def _member(member: CadreMember, **more: Any) -> Member:
    return Member(
        ref=member.ref,
        languages=frozenset(member.languages),
        most_per_day=member.most_per_day,
        most_per_week=member.most_per_week,
        travel_limit_km=member.travel_limit_km,
        **more,
    )


def _bases(rows: list[HomeBase], first: dt.date) -> dict[str, Any]:
    """Where they set out on the first day, and where from later days on."""
    before = [row for row in rows if row.since <= first] or rows[:1]
    later = [row for row in rows if row.since > first and row not in before]
    return {
        "home": _place(before[-1]),
        "moves": tuple(Move(row.ref, row.since, _place(row)) for row in later),
    }


def _place(row: HomeBase) -> Place:
    return Place(row.latitude, row.longitude)


def _skill(row: Skill) -> planning.Skill:
    return planning.Skill(Role(row.part), row.ends_on - DAY if row.ends_on else None)


def _papers(*kinds: Mapping[int, list[Any]], of: CadreMember) -> tuple[list[Any], ...]:
    return tuple(kind[of.pk] for kind in kinds)


def _term(rows: list[Any], first: str, until: str) -> dict[str, dt.date | None]:
    """From when until when a post, a release or a credential holds. Nothing where none of these is on file."""
    if not rows:
        return {}
    ends = [row.ends_on for row in rows if row.ends_on]
    last = max(ends) - DAY if len(ends) == len(rows) else None
    return {first: min(row.starts_on for row in rows), until: last}


def _free(days: Iterable[dt.date], weekly: Iterable[Availability], away: Iterable[Any]) -> tuple[Window, ...]:
    """When they can be asked on these days, as the matching counts it."""
    week, unlike = [as_weekly(row) for row in weekly], [as_away(row) for row in away]
    return tuple(
        Window(day, minute_of(starts), minute_of(ends)) for day in days for starts, ends in hours_on(day, week, unlike)
    )


def _here(days: list[dt.date], skills: Iterable[Any], papers: tuple[list[Any], ...]) -> list[dt.date]:
    """With a skill that has begun, and not between two posts, releases or credentials."""
    begun = min((row.starts_on for row in skills), default=dt.date.max)
    return [day for day in days if begun <= day and not any(_is_between(rows, day) for rows in papers)]


def _is_between(rows: list[Any], day: dt.date) -> bool:
    """Whether the day lies in a gap: one has ended, another begins later. The ends of all are the engine's to tell."""
    begun = [row for row in rows if row.starts_on <= day]
    return 0 < len(begun) < len(rows) and all(row.ends_on is not None and row.ends_on <= day for row in begun)


def _grouped(rows: QuerySet[Any]) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)
    return found


def _busy(zone: ZoneInfo, days: list[dt.date]) -> dict[int, list[Window]]:
    """Only what lies on the days asked about: the rest decides nothing."""
    found: dict[int, list[Window]] = defaultdict(list)
    if not days:
        return found
    wanted = set(days)
    first, last = (dt.datetime.combine(day, dt.time(), zone) for day in (min(days), max(days) + DAY))
    for row in BusyTime.objects.filter(starts_at__lt=last, ends_at__gt=first).order_by("starts_at", "id"):
        spans = [span for span in local_spans(row.starts_at, row.ends_at, zone) if span.day in wanted]
        found[row.member_id].extend(spans)
    return found
