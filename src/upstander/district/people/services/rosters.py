"""Many members of staff at once, as a list tells of them; and one, as a form does."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people import events
from upstander.district.people.models import Person, Post
from upstander.district.people.services._rules import check_days, check_place, require_to_give
from upstander.district.places.services.dated import supersede, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.kernel.refs import new_ref, new_refs
from upstander.foundation.kernel.text import sort_key

CHANGED_SINCE = _("Some of these posts were changed since, by hand or by a later list.")


class RosterRow(NamedTuple):
    """One person with one post, as a roster lists it; `site_id` and `region_id` are None for a district-wide post."""

    staff_number: str
    given_name: str
    family_name: str
    email: str
    language: str
    role: str
    site_id: int | None
    region_id: int | None
    starts_on: dt.date
    ends_on: dt.date | None = None


class Loaded(NamedTuple):
    """What a roster did: how many people were new, and the refs of the posts, those that begin in their order."""

    people: int
    began: list[str]
    ended: list[str]


# COPY cannot write into tables under row security: columns travel as arrays instead.
INSERT_PEOPLE = """
    INSERT INTO people_person
        (district_id, ref, staff_number, given_name, family_name, sort_key, email, language)
    SELECT %(district)s, given.* FROM unnest(%(ref)s::text[], %(staff_number)s::text[], %(given_name)s::text[],
        %(family_name)s::text[], %(sort_key)s::text[], %(email)s::text[], %(language)s::text[]) AS given
    ON CONFLICT (district_id, staff_number) DO NOTHING
"""
INSERT_POSTS = """
    INSERT INTO people_post
        (district_id, recorded_at, person_id, ref, role, site_id, region_id, starts_on, ends_on)
    SELECT %(district)s, %(at)s, person.id, given.ref, given.role, given.site_id, given.region_id, given.starts_on,
        given.ends_on
    FROM unnest(%(ref)s::text[], %(staff_number)s::text[], %(role)s::text[], %(site_id)s::bigint[],
        %(region_id)s::bigint[], %(starts_on)s::date[], %(ends_on)s::date[])
        AS given (ref, staff_number, role, site_id, region_id, starts_on, ends_on)
    JOIN people_person AS person ON person.district_id = %(district)s AND person.staff_number = given.staff_number
"""


@transaction.atomic
def hire_person(*, actor: Actor, row: RosterRow, at: dt.datetime) -> Person:
    """Enter one new member of staff with a first post. Needs what `policies.needs_to_give` says of it.

    Raises Invalid for a staff number that somebody has already, and for what is missing or out of place.
    """
    if not _enter_people(actor, [row]):
        raise Invalid(_("Somebody has this staff number already."), "staff_number")
    _enter_posts(actor, [row], at)
    person = Person.objects.get(district_id=actor.district_id, staff_number=row.staff_number)
    events.CHANGED.tell(actor, [person.pk])
    record(events.HIRED, actor=actor, subject=person.ref, at=at)
    return person


@transaction.atomic
def load_roster(
    *, actor: Actor, rows: Sequence[RosterRow], at: dt.datetime, ends: Mapping[str, dt.date] | None = None
) -> Loaded:
    """Enter the post of every row, and its person where the staff number is new; all or none, with one audit event.

    `ends` are refs of posts with the day before which each has its last one. A person with several posts has several
    rows; name and address are taken from the first. Needs what `policies.needs_to_give` says; raises Invalid, and
    WrongState where a post that is to end was changed meanwhile.
    """
    ended = _end(actor, ends or {}, at)
    people, began = _enter_people(actor, rows), _enter_posts(actor, rows, at)
    events.CHANGED.tell(actor)
    told = {"people": people, "posts": len(began), "ended": len(ended)}
    record(events.ROSTER_LOADED, actor=actor, subject=new_ref(), at=at, **told)
    return Loaded(people, began, ended)


@transaction.atomic
def take_back_roster(
    *, actor: Actor, began: Sequence[str], ended: Mapping[str, dt.date | None], at: dt.datetime
) -> None:
    """What a roster entered never was: posts that `began` are gone, `ended` ones last as long as before, by ref.

    Needs `people.load`. Raises WrongState where one of them was changed since. The people stay, without these posts.
    """
    rows = _known(actor, [*began, *ended])
    supersede(Post, rows, at)
    again = [written_again(row, ends_on=ended[row.ref], at=at) for row in rows if row.ref in ended]
    try:
        with transaction.atomic():
            Post.objects.bulk_create(again)
    except IntegrityError:  # somebody holds the very post again
        raise WrongState(CHANGED_SINCE) from None
    events.CHANGED.tell(actor)
    record(events.POSTS_TAKEN_BACK, actor=actor, subject="posts", at=at, count=len(rows))


def _enter_people(actor: Actor, rows: Sequence[RosterRow]) -> int:
    """Enter those whose number is new here; return how many they are."""
    require(actor, "people.load", Place(actor.district_id))
    for row in rows:
        _check(row)
    people = list({row.staff_number: row for row in reversed(rows)}.values())
    names = [sort_key(f"{row.family_name} {row.given_name}") for row in people]
    given = {**_columns(people), "sort_key": names, "ref": new_refs(len(people))}
    with connection.cursor() as cursor:
        cursor.execute(INSERT_PEOPLE, {"district": actor.district_id, **given})
        return int(cursor.rowcount)


def _enter_posts(actor: Actor, rows: Sequence[RosterRow], at: dt.datetime) -> list[str]:
    for role in {row.role for row in rows}:
        require_to_give(actor, role)
    refs = new_refs(len(rows))
    with connection.cursor() as cursor:
        cursor.execute(INSERT_POSTS, {"district": actor.district_id, "at": at, **_columns(rows), "ref": refs})
    return refs


def _columns(rows: Sequence[RosterRow]) -> dict[str, list[Any]]:
    cells = zip(*rows, strict=True) if rows else ([] for _ in RosterRow._fields)
    return dict(zip(RosterRow._fields, map(list, cells), strict=True))


def _check(row: RosterRow) -> None:
    if not row.staff_number:
        raise Invalid(_("Please write the staff number."), "staff_number")
    if not (row.given_name or row.family_name):
        raise Invalid(_("Please write a name."), "given_name")
    check_place(row.role, row.site_id, row.region_id)
    check_days(row.starts_on, row.ends_on)


def _end(actor: Actor, ends: Mapping[str, dt.date], at: dt.datetime) -> list[str]:
    rows = _known(actor, list(ends))
    supersede(Post, rows, at)
    ended = {row.ref: written_again(row, ends_on=ends[row.ref], at=at) for row in rows}
    Post.objects.bulk_create(ended.values())
    return [ended[ref].ref for ref in ends]


def _known(actor: Actor, refs: Sequence[str]) -> list[Post]:
    """The posts as known now, locked. Raises WrongState unless all of them are."""
    require(actor, "people.load", Place(actor.district_id))
    known = Post.objects.select_for_update().filter(
        district_id=actor.district_id, ref__in=refs, superseded_at__isnull=True
    )
    rows = list(known.order_by("pk"))
    for role in {row.role for row in rows}:
        require_to_give(actor, role)
    if len(rows) != len(refs):
        raise WrongState(CHANGED_SINCE)
    return rows
