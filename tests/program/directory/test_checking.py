"""Entries live: written, checked, changed, taken off; and what readers say is wrong."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.directory import CALLED, make_organization, make_service
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.content.where import Where
from upstander.program.directory.models import Correction, Listing, Service, Verification
from upstander.program.directory.selectors.editing import (
    Waiting,
    corrections,
    entries,
    entry_by_ref,
    lines,
    waiting_for_editors,
)
from upstander.program.directory.services.checking import (
    Check,
    check_service,
    send_correction,
    settle_correction,
    withdraw_service,
)
from upstander.program.directory.services.drafts import take_drafts
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import write_place
from upstander.program.directory.states import Standing, standing

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def shown(ref: str) -> list[str]:
    return list(Listing.objects.filter(ref=ref).values_list("name_en", flat=True))


def test_readers_see_an_entry_as_it_was_last_checked(world: World) -> None:
    service = make_service(world, "Teen clinic")
    actor = world.coordinator
    with in_district(world.district.pk):
        written = Written(service.organization.ref, "Youth clinic", numbers=(Number("555-0100", "", "voice"),))
        changed = write_service(actor=actor, written=written, ref=service.ref, at=AT + DAY)
        assert (changed.state, shown(service.ref)) == ("changed", ["Teen clinic"])
        unreached = replace(CALLED, outcome="unreached")
        check_service(actor=actor, ref=service.ref, check=unreached, at=AT + DAY)
        assert shown(service.ref) == ["Teen clinic"]
        check_service(actor=actor, ref=service.ref, check=CALLED, at=AT + DAY)
        assert shown(service.ref) == ["Youth clinic"]
        withdraw_service(actor=actor, ref=service.ref, at=AT + 2 * DAY)
        assert shown(service.ref) == []
        with pytest.raises(WrongState):
            withdraw_service(actor=actor, ref=service.ref, at=AT)
        told = AuditEvent.objects.filter(event__startswith="directory.", subject_ref=service.ref).order_by("id")
        assert [event.event.partition(".")[2] for event in told] == [
            *("written", "checked", "written", "checked", "checked", "withdrawn")
        ]


def test_what_cannot_be_reached_cannot_be_published(world: World) -> None:
    service = make_service(world, checked_at=None, numbers=())
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match="Give a number or a website"):
            check_service(actor=world.coordinator, ref=service.ref, check=CALLED, at=AT)
        assert Verification.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name_en": " "}, "name_en"),
        ({"needs": ("gold",)}, "needs"),
        ({"languages": ("xx",)}, "languages"),
        ({"youngest": 20, "oldest": 12}, "youngest"),
        ({"numbers": (Number("call us", "", "voice"),)}, "number_0"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(world: World, told: dict[str, Any], field: str) -> None:
    organization = make_organization(world)
    written = replace(Written(organization.ref, "Name"), **told)
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        write_service(actor=world.coordinator, written=written, at=AT)
    assert refused.value.field == field


def test_places_and_organizations_are_refused_too(world: World) -> None:
    organization = make_organization(world)
    actor = world.coordinator
    with in_district(world.district.pk):
        for where, field in ((Where("open", city="Alder"), "street"), (Where("area"), "city")):
            with pytest.raises(Invalid) as refused:
                write_place(actor=actor, organization_ref=organization.ref, where=where, at=AT)
            assert refused.value.field == field
        with pytest.raises(Invalid, match="of this name"):
            write_organization(actor=actor, name="VALLEY CENTER ", at=AT)
        with pytest.raises(NotFound):
            write_service(actor=actor, written=Written(organization.ref, "X", place_refs=("0" * 12,)), at=AT)


def test_only_editors_write_and_read_drafts(world: World) -> None:
    service = make_service(world)
    with in_district(world.district.pk):
        for actor in (world.administrator, visitor(world.district.pk)):
            with pytest.raises(NotAllowed):
                check_service(actor=actor, ref=service.ref, check=Check("called", "editor"), at=AT)
            with pytest.raises(NotAllowed):
                entries(actor=actor, show="all", on=TODAY)


def test_entries_come_up_for_a_check_the_longest_overdue_first(world: World) -> None:
    for name, days in (("Fresh", 179), ("Stale", 180), ("Hidden", 365)):
        make_service(world, name, checked_at=AT - days * DAY)
    make_service(world, "Draft", checked_at=None)
    with in_district(world.district.pk):
        found = entries(actor=world.coordinator, show="check", on=TODAY)
        rows = lines(actor=world.coordinator, services=found, on=TODAY)
        assert [(row.service.name_en, row.standing) for row in rows] == [
            ("Hidden", Standing.HIDDEN),
            ("Stale", Standing.STALE),
        ]
        assert waiting_for_editors(actor=world.coordinator, on=TODAY) == Waiting(2, 0, 0)
    assert standing(None) == Standing.NEVER


def test_a_reader_says_what_is_wrong_and_an_editor_settles_it_once(world: World) -> None:
    service, anyone = make_service(world), visitor(world.district.pk)
    draft = make_service(world, "Draft", checked_at=None)
    with in_district(world.district.pk):
        send_correction(actor=anyone, ref=service.ref, what="phone", right="(555) 010-0199", at=AT)
        for ref, what in ((draft.ref, "phone"), (service.ref, "story")):
            with pytest.raises(NotFound):
                send_correction(actor=anyone, ref=ref, what=what, right="", at=AT)
        with pytest.raises(Invalid, match="only the number"):
            send_correction(actor=anyone, ref=service.ref, what="phone", right="<b>!", at=AT)
        (correction,) = corrections(actor=world.coordinator)
        settle_correction(actor=world.coordinator, ref=correction.ref, is_used=True, at=AT)
        with pytest.raises(WrongState):
            settle_correction(actor=world.coordinator, ref=correction.ref, is_used=True, at=AT)
        assert not corrections(actor=world.coordinator, service=service).exists()
        assert Correction.objects.get().is_used is True


def test_units_and_partners_ship_as_drafts_without_a_number_once(world: World) -> None:
    with in_district(world.district.pk):
        assert [take_drafts(actor=world.coordinator, at=AT) for _ in range(2)] == [14, 0]
        units = Service.objects.filter(kind="unit")
        assert {unit.unit for unit in units} == set(shipped().units)
        assert not any(unit.phones.exists() or unit.how_en for unit in units)
        partners = Service.objects.filter(unit__startswith="partner_")
        assert {partner.organization.name for partner in partners} == {
            each.name for each in shipped().partners.values()
        }
        assert {(partner.kind, partner.state, partner.about_en) for partner in partners} == {("service", "draft", "")}
        assert not Listing.objects.exists()
        line = entry_by_ref(actor=world.coordinator, ref=units[0].ref, on=TODAY)
        assert line.standing == Standing.NEVER
