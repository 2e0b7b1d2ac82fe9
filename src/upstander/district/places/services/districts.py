"""Setting up a district: itself, its hosts, regions, and which schools count as secondary."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from upstander.district.places import events
from upstander.district.places.models import District, Host, Region, SecondaryRule
from upstander.district.places.policies import known_by
from upstander.district.places.services.dated import replace, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district

NOWHERE = 0  # the district of a command's actor before there is one


@transaction.atomic
def create_district(
    *,
    actor: Actor,
    key: str,
    name: str,
    zone: str,
    state_key: str,
    at: dt.datetime,
    county_key: str = "",
    kind: str = District.Kind.SCHOOL_DISTRICT,
    is_fictional: bool = False,
) -> District:
    """Set up a tenant and return it. Commands only: the actor is a job in `NOWHERE` with `places.manage`."""
    require(actor, "places.manage", Place(NOWHERE))
    district = District(
        key=key,
        name=name,
        zone=zone,
        state_key=state_key,
        county_key=county_key,
        kind=kind,
        is_fictional=is_fictional,
    )
    district.save(force_insert=True)
    with in_district(district.pk):
        there = dataclasses.replace(actor, district_id=district.pk)
        record(events.DISTRICT_CREATED, actor=there, subject=district.ref, at=at)
    return district


@transaction.atomic
def add_host(*, actor: Actor, hostname: str, at: dt.datetime) -> Host:
    """Let a host name lead to the actor's district. Needs `places.manage`."""
    require(actor, "places.manage", Place(actor.district_id))
    host = Host(hostname=hostname.lower(), district_id=actor.district_id)
    host.save(force_insert=True)
    record(events.HOST_ADDED, actor=actor, subject=host.hostname, at=at)
    return host


@transaction.atomic
def open_region(*, actor: Actor, name: str, starts_on: dt.date, at: dt.datetime) -> Region:
    """A region begins. Needs `places.manage`; the database refuses two of one name at a time."""
    require(actor, "places.manage", Place(actor.district_id))
    region = Region(district_id=actor.district_id, name=name, starts_on=starts_on, recorded_at=at)
    region.save(force_insert=True)
    record(events.REGION_OPENED, actor=actor, subject=region.ref, at=at, starts_on=starts_on.isoformat())
    return region


@transaction.atomic
def close_region(*, actor: Actor, region: Region, ends_on: dt.date, at: dt.datetime) -> Region:
    """A region has its last day before `ends_on`; sites are moved by `place_sites`. Needs `places.manage`."""
    require(actor, "places.manage", Place(actor.district_id, region.pk))
    # The row keeps its key, because posts and sites of the past point to it: only what was known is set aside.
    before = written_again(region, ends_on=region.ends_on, at=region.recorded_at)
    before.superseded_at = at
    before.save(force_insert=True)
    region.ends_on, region.recorded_at = ends_on, at
    region.save(update_fields=["ends_on", "recorded_at"])
    record(events.REGION_CLOSED, actor=actor, subject=region.ref, at=at, ends_on=ends_on.isoformat())
    return region


@transaction.atomic
def set_secondary_rule(
    *,
    actor: Actor,
    starts_on: dt.date,
    at: dt.datetime,
    school_types: Sequence[str] = (),
    lowest_grade: int = 7,
    highest_grade: int = 12,
) -> SecondaryRule:
    """From a day on, count schools of these types as secondary, or, without types, those that serve these grades.

    Needs `requirements.manage`. What held before keeps counting for days before.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    rules = SecondaryRule.objects.select_for_update().filter(known_by(None), district_id=actor.district_id)
    for rule in rules.order_by("starts_on"):
        if rule.starts_on >= starts_on:
            rule.superseded_at = at
            rule.save(update_fields=["superseded_at"])
        elif rule.ends_on is None or rule.ends_on > starts_on:
            replace(rule, at=at, ends_on=starts_on)
    rule = SecondaryRule(
        district_id=actor.district_id,
        starts_on=starts_on,
        recorded_at=at,
        school_types=list(school_types),
        lowest_grade=lowest_grade,
        highest_grade=highest_grade,
    )
    rule.save(force_insert=True)
    events.CHANGED.tell(actor)
    record(events.SECONDARY_RULE_SET, actor=actor, subject=rule.ref, at=at, starts_on=starts_on.isoformat())
    return rule
