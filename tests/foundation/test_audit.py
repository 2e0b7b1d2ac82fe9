"""Audit events have a schema, live in the transaction of their change, and carry a canonical digest."""

import pytest
from django.db import transaction

from tests.factories import make_actor, make_district
from tests.moments import AT
from upstander.foundation.audit import writer
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district

THING = writer.declare("tests.thing", "A thing happened", "count")


@pytest.mark.django_db
def test_an_event_takes_exactly_its_keys() -> None:
    actor = make_actor(make_district())
    for data in ({}, {"count": 1, "more": 2}, {"other": 1}):
        with in_district(actor.district_id), pytest.raises(writer.EventError, match="takes exactly"):
            writer.record(THING, actor=actor, subject="REF", at=AT, **data)


@pytest.mark.django_db
def test_a_row_keeps_who_what_when_and_its_digest() -> None:
    actor = make_actor(make_district())
    with in_district(actor.district_id):
        writer.record(THING, actor=actor, subject="REF", at=AT, count=3)
        row = AuditEvent.objects.get(event="tests.thing")
    assert (row.actor_kind, row.actor_name, row.subject_ref, row.data) == ("person", actor.name, "REF", {"count": 3})
    assert row.digest == writer.digest(row)
    row.data = {"count": 4}
    assert row.digest != writer.digest(row)


def record_and_fail(actor: Actor) -> None:
    with transaction.atomic():
        writer.record(THING, actor=actor, subject="REF", at=AT, count=3)
        raise ZeroDivisionError


@pytest.mark.django_db
def test_an_event_vanishes_with_its_change() -> None:
    actor = make_actor(make_district())
    with in_district(actor.district_id):
        with pytest.raises(ZeroDivisionError):
            record_and_fail(actor)
        assert AuditEvent.objects.filter(event="tests.thing").count() == 0


def test_an_event_cannot_be_declared_twice() -> None:
    with pytest.raises(writer.EventError, match="declared twice"):
        writer.declare("tests.thing", "again")
