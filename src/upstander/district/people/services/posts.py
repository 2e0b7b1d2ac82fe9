"""Staff and their posts. What was known of a post is superseded, never changed, so that any day can be told again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people import events
from upstander.district.people.models import Person, Post
from upstander.district.places.models import Region, Site
from upstander.district.places.services.dated import replace
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.foundation.kernel.refs import new_ref, new_refs
from upstander.foundation.kernel.text import sort_key


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


# COPY cannot write into tables under row security: columns travel as arrays instead.
INSERT_PEOPLE = """
    INSERT INTO people_person
        (district_id, ref, staff_number, given_name, family_name, sort_key, email, language)
    SELECT %(district)s, given.* FROM unnest(%(ref)s::text[], %(staff_number)s::text[], %(given_name)s::text[],
        %(family_name)s::text[], %(sort_key)s::text[], %(email)s::text[], %(language)s::text[]) AS given
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
def hire_person(
    *,
    actor: Actor,
    staff_number: str,
    given_name: str,
    family_name: str,
    at: dt.datetime,
    email: str = "",
    language: str = "en",
) -> Person:
    """Enter a member of staff and return the row. Needs `people.load`; a staff number is given once."""
    require(actor, "people.load", Place(actor.district_id))
    person = Person(
        district_id=actor.district_id,
        staff_number=staff_number,
        given_name=given_name,
        family_name=family_name,
        sort_key=sort_key(f"{family_name} {given_name}"),
        email=email,
        language=language,
    )
    person.save(force_insert=True)
    record(events.HIRED, actor=actor, subject=person.ref, at=at)
    return person


@transaction.atomic
def load_roster(*, actor: Actor, rows: Sequence[RosterRow], at: dt.datetime) -> dict[str, int]:
    """Enter people who are new here with their posts, all or none; one audit event. Needs `people.load`.

    A person with several posts has several rows; name and address are taken from the first. Returns counts.
    """
    require(actor, "people.load", Place(actor.district_id))
    people = list({row.staff_number: row for row in reversed(rows)}.values())
    counts = {"people": len(people), "posts": len(rows)}
    common: dict[str, Any] = {"district": actor.district_id, "at": at}
    names = [sort_key(f"{row.family_name} {row.given_name}") for row in people]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_PEOPLE, {**common, **_columns(people), "sort_key": names, "ref": new_refs(len(people))})
        cursor.execute(INSERT_POSTS, {**common, **_columns(rows), "ref": new_refs(len(rows))})
    events.CHANGED.tell(actor)
    record(events.ROSTER_LOADED, actor=actor, subject=new_ref(), at=at, **counts)
    return counts


def _columns(rows: Sequence[RosterRow]) -> dict[str, list[Any]]:
    cells = zip(*rows, strict=True) if rows else ([] for _ in RosterRow._fields)
    return dict(zip(RosterRow._fields, map(list, cells), strict=True))


@transaction.atomic
def give_account(*, actor: Actor, person: Person, account: Account, at: dt.datetime) -> None:
    """Let a member of staff sign in with an account. Needs `accounts.manage`; one account is one person here."""
    require(actor, "accounts.manage", Place(actor.district_id))
    person.account = account
    person.save(update_fields=["account"])
    record(events.ACCOUNT_GIVEN, actor=actor, subject=person.ref, at=at, account=account.ref)


@transaction.atomic
def start_post(
    *,
    actor: Actor,
    person: Person,
    role: str,
    starts_on: dt.date,
    at: dt.datetime,
    site: Site | None = None,
    region: Region | None = None,
    ends_on: dt.date | None = None,
) -> Post:
    """Give a person a post from a day on. Needs `people.load`; the database refuses the same post twice on one day."""
    require(actor, "people.load", Place(actor.district_id))
    # One at a time for a person: two inserts that meet in the exclusion constraint would wait for each other.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    post = Post(
        district_id=actor.district_id,
        person=person,
        role=role,
        site=site,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    post.save(force_insert=True)
    events.CHANGED.tell(actor, [person.pk])
    told = {"person": person.ref, "role": str(role), "starts_on": starts_on.isoformat()}
    record(events.POST_STARTED, actor=actor, subject=post.ref, at=at, **told)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post: Post, ends_on: dt.date, at: dt.datetime) -> Post:
    """The post has its last day before `ends_on`; returns the row as known now. Needs `people.load`."""
    known = _known(actor, post)
    ended = replace(known, at=at, ends_on=ends_on)
    events.CHANGED.tell(actor, [ended.person_id])
    told = {"person": ended.person.ref, "ends_on": ends_on.isoformat()}
    record(events.POST_ENDED, actor=actor, subject=ended.ref, at=at, **told)
    return ended


@transaction.atomic
def correct_post(*, actor: Actor, post: Post, starts_on: dt.date, ends_on: dt.date | None, at: dt.datetime) -> Post:
    """Say that a post's days were wrong; what was believed until now can still be told. Needs `people.load`."""
    known = _known(actor, post)
    corrected = replace(known, at=at, starts_on=starts_on, ends_on=ends_on)
    events.CHANGED.tell(actor, [corrected.person_id])
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else ""}
    record(events.POST_CORRECTED, actor=actor, subject=corrected.ref, at=at, person=corrected.person.ref, **told)
    return corrected


def _known(actor: Actor, post: Post) -> Post:
    require(actor, "people.load", Place(actor.district_id))
    known = Post.objects.select_for_update().filter(district_id=actor.district_id, pk=post.pk).first()
    if known is None or known.superseded_at is not None:
        raise WrongState(_("This post was changed by someone else in the meantime."))
    return known
