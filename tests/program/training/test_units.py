"""Units of the Cadre: named anew, ended, taken up again."""

from functools import partial

import pytest

from tests.factories import make_actor
from tests.factories.training import World, make_world
from tests.factories.visits import client_of, read_page, seal_in
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound
from upstander.foundation.kernel.seen import MEANWHILE, seal_of
from upstander.program.training.models import Unit
from upstander.program.training.selectors.cadre import people_by_unit, units_for
from upstander.program.training.services._held import FromUnit
from upstander.program.training.services.members import hold_fact
from upstander.program.training.services.units import Named, end_unit, name_unit, rename_unit, take_up_unit


def named(world: World, name_en: str = "Counseling", name_es: str = "Consejería") -> Unit:
    with in_district(world.district.pk):
        return name_unit(actor=world.coordinator, name_en=name_en, name_es=name_es, at=AT)


def belongs(world: World, unit: Unit) -> None:
    told = {"actor": world.coordinator, "member_ref": world.near.ref, "starts_on": TODAY, "ends_on": None, "at": AT}
    with in_district(world.district.pk):
        hold_fact(what=FromUnit(unit.ref), **told)  # type: ignore[arg-type]


def test_another_name_is_the_same_unit_for_everybody_in_it(world: World) -> None:
    unit = named(world)
    belongs(world, unit)
    with in_district(world.district.pk):
        rename_unit(actor=world.coordinator, ref=unit.ref, named=Named(" Student  services ", ""), at=AT)
        unit.refresh_from_db()
        assert (unit.name_en, unit.name_es) == ("Student services", "Student services")
        assert people_by_unit(actor=world.coordinator, on=TODAY) == {unit.pk: 1}
        assert AuditEvent.objects.filter(event="training.unit_renamed").count() == 1


def test_two_units_never_have_one_name_and_only_the_district_names_them(world: World) -> None:
    unit, other = named(world), named(world, "Health", "Salud")
    lead = make_actor(world.district, "region_lead", region=world.region)
    with in_district(world.district.pk):
        for name in ("Health", "  "):
            with pytest.raises(Invalid) as refused:
                rename_unit(actor=world.coordinator, ref=unit.ref, named=Named(name, "x"), at=AT)
            assert refused.value.field == "name_en"
        rename_unit(actor=world.coordinator, ref=other.ref, named=Named("Health", "La salud"), at=AT)
        with pytest.raises(NotFound):
            end_unit(actor=world.coordinator, ref="0123456789AB", at=AT)
        with pytest.raises(NotAllowed):
            rename_unit(actor=lead, ref=unit.ref, named=Named("Other", ""), at=AT)


def test_of_two_names_at_once_the_later_is_told(cloned_database: str) -> None:
    world = make_world()
    unit = named(world)
    seen = seal_of(Named.of(unit))

    def rename(wait: Wait, name: str) -> None:
        with in_district(world.district.pk):
            wait()
            rename_unit(actor=world.coordinator, ref=unit.ref, named=Named(name, name), at=AT, seen=seen)

    assert at_once(partial(rename, name="One"), partial(rename, name="Other")) == [DONE, str(MEANWHILE)]


def test_of_two_units_given_one_name_at_once_the_second_is_refused(cloned_database: str) -> None:
    world = make_world()
    units = [named(world, name, name) for name in ("One", "Other")]

    def rename(wait: Wait, unit: Unit) -> None:
        with in_district(world.district.pk):
            wait()
            rename_unit(actor=world.coordinator, ref=unit.ref, named=Named("Health", "Salud"), at=AT)

    done, refused = at_once(*(partial(rename, unit=unit) for unit in units))
    assert (done, refused) == (DONE, "This unit stands in the list already.")


def test_nobody_new_comes_from_a_unit_that_has_ended(world: World) -> None:
    unit = named(world)
    with in_district(world.district.pk):
        end_unit(actor=world.coordinator, ref=unit.ref, at=AT)
    with pytest.raises(Invalid, match="has ended meanwhile") as refused:
        belongs(world, unit)
    assert refused.value.field == "unit"
    with in_district(world.district.pk):
        assert people_by_unit(actor=world.coordinator, on=TODAY) == {}


def test_who_leads_a_region_reads_the_units_and_has_no_page_to_change_one(world: World) -> None:
    unit = named(world)
    lead = client_of(make_actor(world.district, "region_lead", region=world.region))
    assert "Counseling" in read_page(lead, "/en/cadre/units/")
    assert lead.get(f"/en/cadre/units/{unit.ref}/").status_code == 404


def test_an_ended_unit_is_offered_no_more_keeps_its_people_and_is_taken_up_again(world: World) -> None:
    unit = named(world)
    belongs(world, unit)
    client, member = client_of(world.coordinator), f"/en/cadre/member/{world.far.ref}/"
    offered = f'<option value="{unit.ref}"'
    assert offered in read_page(client, member)
    page = f"/en/cadre/units/{unit.ref}/"
    assert "1 person of the Cadre comes from it." in read_page(client, page)
    assert "ended" in client.post(f"{page}end/", follow=True).content.decode()
    assert offered not in read_page(client, member)
    with in_district(world.district.pk):
        end_unit(actor=world.coordinator, ref=unit.ref, at=AT)
        assert [each.ended_on for each in units_for(actor=world.coordinator)] == [TODAY]
        assert people_by_unit(actor=world.coordinator, on=TODAY) == {unit.pk: 1}
        assert AuditEvent.objects.filter(event="training.unit_ended").count() == 1
    assert "Taken up again." in client.post(f"{page}take-up/", follow=True).content.decode()
    assert offered in read_page(client, member)
    with in_district(world.district.pk):
        take_up_unit(actor=world.coordinator, ref=unit.ref, at=AT)
        assert AuditEvent.objects.filter(event="training.unit_taken_up").count() == 1


def test_its_page_keeps_what_was_typed(world: World) -> None:
    unit, client = named(world), client_of(world.coordinator)
    named(world, "Health", "Salud")
    page = f"/en/cadre/units/{unit.ref}/"
    seal = seal_in(read_page(client, page))
    refused = client.post(page, {"name_en": "Health", "name_es": "Otra", **seal})
    assert refused.status_code == 422 and 'value="Otra"' in refused.content.decode()
    done = client.post(page, {"name_en": "Guidance", "name_es": "Orientación", **seal}, follow=True)
    assert done.redirect_chain == [("/en/cadre/units/", 302)] and "Guidance" in done.content.decode()
