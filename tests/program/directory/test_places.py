"""Places and organizations change; an address is closed by one person at once, and opened by two."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, transaction

from tests.factories import make_actor
from tests.factories.directory import CALLED, CLINIC, FAR, HIDDEN, make_organization, make_service
from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.directory.content.where import Where
from upstander.program.directory.models import (
    ConfidentialAddress,
    Listing,
    Location,
    Organization,
    PlaceMove,
    Service,
    Word,
)
from upstander.program.directory.selectors.places import closed_along, place_by_ref, places_to_open
from upstander.program.directory.services.checking import check_service
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.organizations import change_organization, write_organization
from upstander.program.directory.services.places import change_place, decide_opening, write_place

pytestmark = pytest.mark.django_db
CLOSED = replace(CLINIC, kind="area")


def published(service: Service) -> Listing:
    return Listing.objects.get(ref=service.ref, number=0)


def test_a_closed_address_leaves_all_that_is_published_at_once_and_nothing_else_changes(world: World) -> None:
    shared = make_service(world, "Teen clinic", CLINIC)
    actor = world.coordinator
    with in_district(world.district.pk):
        place = Location.objects.get()
        told = Written(shared.organization.ref, "Advice", about_en="Before.", website="https://x.example")
        left = write_service(actor=actor, written=replace(told, place_refs=(place.ref,)), at=AT)
        check_service(actor=actor, ref=left.ref, check=CALLED, at=AT)
        write_service(actor=actor, written=replace(told, about_en="Unchecked."), ref=left.ref, at=AT)
        move = change_place(actor=actor, ref=place.ref, where=CLOSED, over=0, at=AT)
        assert (move.step, move.kind) == ("closed", "area")
        for service in (shared, left):
            row = published(service)
            assert "40 Mill" not in row.record + str(row.shown), "also where an entry has left the place since"
            assert (row.city, row.postal_code, row.latitude, row.at_uid is None) == ("Alder City", "", None, False)
        assert published(left).about_en == "Before.", "what nobody checked is still not seen"
        assert {service.state for service in Service.objects.all()} == {"changed"}
        check_service(actor=actor, ref=shared.ref, check=CALLED, at=AT)
        assert "40 Mill" not in published(shared).record


def test_words_of_a_closed_place_are_no_words_of_the_search_any_more(world: World) -> None:
    make_service(world, "Clinic", replace(CLINIC, name="Clinic Larkspur"))
    with in_district(world.district.pk):
        change_place(actor=world.coordinator, ref=Location.objects.get().ref, where=CLOSED, over=0, at=AT)
        words = set(Word.objects.filter(district_id=world.district.pk).values_list("word", flat=True))
        assert ("larkspur" in words, "clinic" in words, "alder" in words) == (False, True, True)
        assert "larkspur" not in Listing.objects.get().terms


def test_an_address_is_opened_by_a_second_person_and_seen_after_a_check(world: World) -> None:
    service, second = make_service(world, "A bed", HIDDEN), make_actor(world.district, "coordinator")
    first = world.coordinator
    with in_district(world.district.pk):
        ref = Location.objects.get().ref
        opened = replace(HIDDEN, kind="open")
        assert change_place(actor=first, ref=ref, where=opened, over=0, at=AT).step == "wished"
        assert Location.objects.get().kind == "area"
        assert [list(places_to_open(actor=actor)) for actor in (first, second)] == [[], [Location.objects.get()]]
        check_service(actor=first, ref=service.ref, check=CALLED, at=AT)
        assert "Secret" not in published(service).record, "a check in between opens nothing"
        with pytest.raises(WrongState, match="yourself"):
            decide_opening(actor=first, ref=ref, is_agreed=True, over=1, at=AT)
        with pytest.raises(WrongState, match="Somebody else changed"):
            decide_opening(actor=second, ref=ref, is_agreed=True, over=0, at=AT)
        with pytest.raises(NotAllowed):
            decide_opening(actor=world.administrator, ref=ref, is_agreed=True, over=1, at=AT)
        assert decide_opening(actor=second, ref=ref, is_agreed=True, over=1, at=AT).step == "opened"
        assert "Secret" not in published(service).record
        check_service(actor=first, ref=service.ref, check=CALLED, at=AT)
        assert "9 Secret Lane" in published(service).record
        assert [move.step for move in place_by_ref(actor=second, ref=ref).moves.all()] == [
            *("opened", "wished", "written")
        ]


def test_whoever_changes_a_wish_makes_it_theirs_and_a_second_person_may_say_no(world: World) -> None:
    make_service(world, "A bed", HIDDEN)
    first, second = world.coordinator, make_actor(world.district, "coordinator")
    with in_district(world.district.pk):
        ref, opened = Location.objects.get().ref, replace(HIDDEN, kind="open")
        change_place(actor=first, ref=ref, where=opened, over=0, at=AT)
        change_place(actor=second, ref=ref, where=replace(opened, street="8 Elsewhere"), over=1, at=AT)
        with pytest.raises(WrongState, match="yourself"):
            decide_opening(actor=second, ref=ref, is_agreed=True, over=2, at=AT)
        assert decide_opening(actor=first, ref=ref, is_agreed=False, over=2, at=AT).step == "kept"
        with pytest.raises(WrongState, match="Nobody wishes"):
            decide_opening(actor=first, ref=ref, is_agreed=True, over=3, at=AT)
        change_place(actor=first, ref=ref, where=opened, over=3, at=AT)
        change_place(actor=second, ref=ref, where=replace(HIDDEN, name="Front"), over=4, at=AT)
        assert Location.objects.get().opening_wished_by_id == first.account_id, "another change leaves the wish alone"
        change_place(actor=second, ref=ref, where=replace(HIDDEN, street="8 Elsewhere"), over=5, at=AT)
        assert Location.objects.get().opening_wished_by_id == second.account_id, "unless it is about the address"
        change_place(actor=first, ref=ref, where=replace(HIDDEN, kind="virtual"), over=6, at=AT)
        assert Location.objects.get().opening_wished_by is None, "where there is no place to go to, there is no wish"
        with pytest.raises(IntegrityError), transaction.atomic():
            Location.objects.update(kind="open", opening_wished_by_id=first.account_id)


def test_no_audit_and_no_history_holds_an_address(world: World) -> None:
    make_service(world, "Clinic", CLINIC)
    with in_district(world.district.pk):
        change_place(actor=world.coordinator, ref=Location.objects.get().ref, where=CLOSED, over=0, at=AT)
        told = str(list(AuditEvent.objects.values())) + str(list(PlaceMove.objects.values()))
        assert ("Mill" in told, "90000" in told) == (False, False)
        assert AuditEvent.objects.filter(event="directory.place_changed", data__step="closed").exists()


def test_of_two_editors_at_once_the_second_is_told(world: World) -> None:
    service, actor = make_service(world, "Clinic", CLINIC), world.coordinator
    with in_district(world.district.pk):
        organization, place = Organization.objects.get(), Location.objects.get()
        told: dict[str, Any] = {"actor": actor, "over": 0, "at": AT}
        written = Written(organization.ref, "Clinic")
        change_place(ref=place.ref, where=CLINIC, **told)
        change_organization(ref=organization.ref, name="Valley Centre", **told)
        write_service(ref=service.ref, written=written, **told)
        for again in (
            lambda: change_place(ref=place.ref, where=CLINIC, **told),
            lambda: change_organization(ref=organization.ref, name="Other", **told),
            lambda: write_service(ref=service.ref, written=written, **told),
        ):
            with pytest.raises(WrongState, match="Somebody else changed"):
                again()


def test_an_organization_is_renamed_and_seen_so_after_a_check(world: World) -> None:
    service, actor = make_service(world, "Clinic"), world.coordinator
    with in_district(world.district.pk):
        write_organization(actor=actor, name="Open Table", at=AT)
        ref = service.organization.ref
        with pytest.raises(Invalid, match="of this name"):
            change_organization(actor=actor, ref=ref, name="open table", over=0, at=AT)
        change_organization(actor=actor, ref=ref, name="VALLEY CENTER", about="New.", over=0, at=AT)
        assert (published(service).organization, Service.objects.get().state) == ("Valley Center", "changed")
        check_service(actor=actor, ref=service.ref, check=CALLED, at=AT)
        assert published(service).organization == "VALLEY CENTER"


def test_only_editors_change_and_only_what_is_there(world: World) -> None:
    make_service(world, "Clinic", CLINIC)
    organization = make_organization(world)
    with in_district(world.district.pk):
        place = Location.objects.get()
        for actor in (world.administrator, visitor(world.district.pk)):
            with pytest.raises(NotAllowed):
                change_place(actor=actor, ref=place.ref, where=CLOSED, over=0, at=AT)
            with pytest.raises(NotAllowed):
                change_organization(actor=actor, ref=organization.ref, name="X", over=0, at=AT)
            with pytest.raises(NotAllowed):
                place_by_ref(actor=actor, ref=place.ref)
        with pytest.raises(NotFound):
            change_place(actor=world.coordinator, ref="gone", where=CLOSED, over=0, at=AT)
        with pytest.raises(Invalid):
            change_place(actor=world.coordinator, ref=place.ref, where=replace(CLOSED, city=" "), over=0, at=AT)


@pytest.mark.parametrize("street", ["9 Secret Lane", "9, secret lane."])
def test_nobody_alone_opens_a_confidential_street_by_writing_it_elsewhere(world: World, street: str) -> None:
    service, second = make_service(world, "A bed", HIDDEN), make_actor(world.district, "coordinator")
    first, wanted = world.coordinator, replace(CLINIC, street=street, city=HIDDEN.city)
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": first, "organization_ref": service.organization.ref, "at": AT}
        new, other = write_place(where=wanted, **told), write_place(where=CLINIC, **told)
        assert (new.kind, new.opening_wished_by_id) == ("area", first.account_id)
        assert (other.kind, other.opening_wished_by_id) == ("open", None)
        assert change_place(actor=first, ref=other.ref, where=wanted, over=0, at=AT).step == "wished"
        assert {place.kind for place in Location.objects.all()} == {"area"}
        assert decide_opening(actor=second, ref=new.ref, is_agreed=True, over=0, at=AT).step == "opened"


@pytest.mark.parametrize(
    "left", [replace(HIDDEN, street="9 Secret"), replace(HIDDEN, kind="virtual"), replace(HIDDEN, street="")]
)
def test_nobody_alone_opens_a_street_that_was_confidential_by_taking_it_from_its_place_first(
    world: World, left: Where
) -> None:
    service, second = make_service(world, "A bed", HIDDEN), make_actor(world.district, "coordinator")
    first, wanted = world.coordinator, replace(HIDDEN, kind="open", street="9, Secret lane")
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": first, "organization_ref": service.organization.ref, "at": AT}
        assert change_place(actor=first, ref=Location.objects.get().ref, where=left, over=0, at=AT).step == "changed"
        new = write_place(where=wanted, **told)
        assert (new.kind, new.opening_wished_by_id) == ("area", first.account_id)
        decide_opening(actor=second, ref=new.ref, is_agreed=False, over=0, at=AT)
        again = write_place(where=wanted, **told)
        assert again.kind == "area", "a no keeps it as it was"
        decide_opening(actor=second, ref=again.ref, is_agreed=True, over=0, at=AT)
        change_place(actor=first, ref=new.ref, where=replace(CLOSED, street="2 Elsewhere"), over=1, at=AT)
        assert write_place(where=wanted, **told).kind == "open", "two people have opened it everywhere"


def test_an_address_is_closed_at_every_place_that_has_it(world: World) -> None:
    other = replace(CLINIC, name="Annex", street="40 mill-road", postal_code="")
    shown, twice = make_service(world, "Teen clinic", CLINIC), make_service(world, "Advice", other, organization="Two")
    far, actor = make_service(world, "Far", FAR), world.coordinator
    with in_district(world.district.pk):
        first, second = (each.at_locations.get().location for each in (shown, twice))
        assert change_place(actor=actor, ref=first.ref, where=CLOSED, over=0, at=AT).step == "closed"
        assert "mill" not in (published(shown).record + published(twice).record).lower()
        assert Service.objects.get(pk=twice.pk).state == "changed"
        assert list(closed_along(actor=actor, ref=first.ref, at=AT)) == [second]
        assert [move.step for move in place_by_ref(actor=actor, ref=second.ref).moves.all()] == ["closed", "written"]
        assert Location.objects.get(kind="open") == far.at_locations.get().location


def test_a_place_that_stood_open_when_a_list_brought_its_street_is_changed_without_being_closed(world: World) -> None:
    service, actor = make_service(world, "Teen clinic", CLINIC), world.coordinator
    with in_district(world.district.pk):
        place = Location.objects.get()
        write_place(actor=actor, organization_ref=service.organization.ref, where=CLOSED, at=AT)
        assert (
            change_place(actor=actor, ref=place.ref, where=replace(CLINIC, name="Cl"), over=0, at=AT).step == "changed"
        )
        assert Location.objects.get(pk=place.pk).kind == "open"


def test_what_was_confidential_before_anybody_remembered_it_is_remembered_from_the_upgrade_on(world: World) -> None:
    service = make_service(world, "A bed", HIDDEN, CLINIC)
    with in_district(world.district.pk):
        ConfidentialAddress.objects.all().delete()
        Location.objects.update(address="")
        import_module("upstander.program.directory.migrations.0011_addresses_that_were_confidential").remember(
            apps, None
        )
        (kept,) = ConfidentialAddress.objects.all()
        assert kept.location == Location.objects.get(kind="area")
        told: dict[str, Any] = {"actor": world.coordinator, "at": AT}
        change_place(ref=kept.location.ref, where=replace(HIDDEN, street="9 Secret"), over=0, **told)
        wanted = replace(HIDDEN, kind="open")
        assert write_place(organization_ref=service.organization.ref, where=wanted, **told).kind == "area"


def test_what_is_remembered_of_a_confidential_address_is_no_address(world: World) -> None:
    make_service(world, "A bed", HIDDEN)
    with in_district(world.district.pk):
        kept = str(list(ConfidentialAddress.objects.values())).lower()
        assert ("secret" in kept, "fog" in kept, ConfidentialAddress.objects.count()) == (False, False, 1)
        with pytest.raises(ProgrammingError), transaction.atomic():
            ConfidentialAddress.objects.update(is_opened=True)


def test_a_check_publishes_only_what_its_author_saw(world: World) -> None:
    service, actor = make_service(world, "Clinic", CLINIC), world.coordinator
    with in_district(world.district.pk):
        ref, place = service.organization.ref, Location.objects.get().ref
        changes = (
            lambda: change_place(actor=actor, ref=place, where=CLOSED, over=0, at=AT),
            lambda: change_organization(actor=actor, ref=ref, name="Valley Centre", over=0, at=AT),
            lambda: write_service(actor=actor, ref=service.ref, written=Written(ref, "Other"), at=AT),
        )
        for change in changes:
            seen = Service.objects.get().stand()
            change()
            with pytest.raises(WrongState, match="Somebody else changed"):
                check_service(actor=actor, ref=service.ref, check=CALLED, over=seen, at=AT)
        written = Written(ref, "Other", website="https://x.example")
        write_service(actor=actor, ref=service.ref, written=written, at=AT)
        check_service(actor=actor, ref=service.ref, check=CALLED, over=Service.objects.get().stand(), at=AT)
        assert published(service).name_en == "Other"
