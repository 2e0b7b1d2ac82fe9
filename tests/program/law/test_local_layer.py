"""The district's own layer: one proposes, a second one signs, and nothing in force changes before."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from django.db import IntegrityError
from tests.factories import make_actor, make_district, make_person, make_post, make_region, make_site, make_station
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once

from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.law.content import Line
from upstander.program.law.content.families import POSTS
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors import entries as selectors
from upstander.program.law.selectors.here import county_levels, facts_here, here
from upstander.program.law.selectors.local import local_steps_for
from upstander.program.law.services import corrections
from upstander.program.law.services import local as services
from upstander.program.law.services.local import Thing

SAN_MATEO, SAN_DIEGO = "us-ca-san-mateo", "us-ca-san-diego"
HOTLINE = Thing("child_welfare")
LEVEL = "on_campus_or_confirmed"


def line(name: str = "County desk", phone: str = "(650) 555-0190", **more: object) -> Line:
    told = {"deputy": "", "verified_on": TODAY} | more
    return Line(Text(name, str(told.pop("es", name))), phone, **told)  # type: ignore[arg-type]


@pytest.fixture
def first(district: District) -> Actor:
    return make_actor(district)


@pytest.fixture
def second(district: District) -> Actor:
    return make_actor(district)


def propose(actor: Actor, thing: Thing = HOTLINE, *lines: Line) -> LocalEntry:
    with in_district(actor.district_id):
        return services.propose_entry(actor=actor, thing=thing, lines=lines or (line(),), at=AT)


def sign(actor: Actor, entry: LocalEntry, over: str = "") -> None:
    with in_district(actor.district_id):
        services.sign_entry(actor=actor, ref=entry.ref, over=over, at=AT)


def in_force(first: Actor, second: Actor, thing: Thing = HOTLINE, *lines: Line) -> LocalEntry:
    entry = propose(first, thing, *lines)
    with in_district(first.district_id):
        entry.refresh_from_db()
        current = selectors.before(actor=first, entry=entry)
    sign(second, entry, current.ref if current else "")
    return entry


def numbers(actor: Actor) -> list[str]:
    """The reporting numbers of the place, as the call screen would show them."""
    with in_district(actor.district_id):
        found = here(actor=actor, on=TODAY)
        keys = found.place.facts("reporting_lines")
        book = facts_here(actor=actor, found=found, keys=keys, language="en", on=TODAY)
    return [shown.value for shown in book.pick(keys)]


def state_of(entry: LocalEntry) -> str:
    with in_district(entry.district_id):
        return LocalEntry.objects.get(pk=entry.pk).state


@pytest.mark.django_db
class TestTwoPeople:
    def test_a_proposal_changes_nothing_until_a_second_person_signs(self, first: Actor, second: Actor) -> None:
        entry = propose(first)
        assert numbers(first) == ["1-800-632-4615", "650-595-7922"]
        sign(second, entry)
        assert numbers(first) == ["(650) 555-0190", "1-800-632-4615", "650-595-7922"]
        with in_district(first.district_id):
            told = list(AuditEvent.objects.order_by("id").values_list("event", "actor_name"))
        assert told == [("law.local_proposed", first.name), ("law.local_signed", second.name)]

    def test_nobody_signs_or_refuses_their_own_change(self, first: Actor) -> None:
        entry = propose(first)
        with pytest.raises(WrongState, match="second person"):
            sign(first, entry)
        with in_district(first.district_id), pytest.raises(WrongState, match="second person"):
            services.refuse_entry(actor=first, ref=entry.ref, at=AT)

    def test_the_database_refuses_a_signature_under_ones_own_change_too(self, first: Actor) -> None:
        entry = propose(first)
        for decided_by, refusal in ((first.account_id, "a_second_person_decides"), (None, "in_force_is_signed")):
            with pytest.raises(IntegrityError, match=refusal), in_district(first.district_id):
                LocalEntry.objects.filter(pk=entry.pk).update(state="in_force", decided_by_id=decided_by)

    def test_a_signature_holds_only_for_what_the_signer_saw(self, first: Actor, second: Actor) -> None:
        held = in_force(first, second)
        entry = propose(first, HOTLINE, line(phone="(650) 555-0191"))
        with in_district(first.district_id):
            now = corrections.correct_phone(actor=second, ref=held.ref, position=0, phone="(650) 555-0192", at=AT)
        with pytest.raises(WrongState, match="look at both once more"):
            sign(second, entry, held.ref)
        sign(second, entry, now.ref)
        assert (state_of(held), state_of(now), state_of(entry)) == ("superseded", "superseded", "in_force")

    def test_what_is_replaced_stays_told(self, first: Actor, second: Actor) -> None:
        old = in_force(first, second)
        new = in_force(second, first, HOTLINE, line(phone="(650) 555-0191"))
        with in_district(first.district_id):
            assert LocalEntry.objects.get(pk=new.pk).replaces_id == old.pk
            assert [row.phone for row in LocalEntry.objects.get(pk=old.pk).lines.all()] == ["(650) 555-0190"]

    def test_a_proposal_is_taken_back_by_its_own_author_and_refused_by_another(
        self, first: Actor, second: Actor
    ) -> None:
        entry = propose(first)
        with in_district(first.district_id):
            with pytest.raises(NotFound):
                services.withdraw_entry(actor=second, ref=entry.ref, at=AT)
            services.withdraw_entry(actor=first, ref=entry.ref, at=AT)
            other = services.propose_entry(actor=first, thing=HOTLINE, lines=(line(),), at=AT)
            services.refuse_entry(actor=second, ref=other.ref, at=AT)
        assert (state_of(entry), state_of(other)) == ("withdrawn", "refused")
        with pytest.raises(WrongState):
            sign(second, other)

    def test_one_proposal_about_a_thing_waits_at_a_time(self, first: Actor, second: Actor) -> None:
        propose(first)
        with pytest.raises(WrongState, match="waits for its second person"):
            propose(second, HOTLINE, line(phone="(650) 555-0199"))

    def test_proposing_what_is_in_force_is_no_change(self, first: Actor, second: Actor) -> None:
        in_force(first, second)
        with pytest.raises(Invalid, match="in force already"):
            propose(first)


def test_two_who_sign_at_once_are_one_who_signs_and_one_who_is_told(cloned_database: str) -> None:
    district = make_district(county_key=SAN_MATEO)
    entry = propose(make_actor(district))

    def try_it(actor: Actor, wait: Wait) -> None:
        wait()
        sign(actor, entry)

    signed, told = at_once(*(partial(try_it, make_actor(district)) for _ in range(2)))
    assert signed == DONE and "no longer possible" in told


@pytest.mark.django_db
class TestAtOnce:
    """A wrong number is put right by one person, and looked at afterwards."""

    def correct(self, actor: Actor, entry: LocalEntry, phone: str = "(650) 555-0195") -> LocalEntry:
        with in_district(actor.district_id):
            return corrections.correct_phone(actor=actor, ref=entry.ref, position=0, phone=phone, at=AT)

    def test_it_holds_at_once_and_stays_a_task_until_a_second_person_confirms(
        self, first: Actor, second: Actor
    ) -> None:
        again = self.correct(first, in_force(first, second))
        assert numbers(first)[0] == "(650) 555-0195"
        with in_district(first.district_id):
            assert selectors.to_decide(actor=first, on=TODAY) == []
            assert [entry.ref for entry in selectors.to_decide(actor=second, on=TODAY)] == [again.ref]
            with pytest.raises(WrongState):
                corrections.confirm_correction(actor=first, ref=again.ref, at=AT)
            corrections.confirm_correction(actor=second, ref=again.ref, at=AT)
            assert selectors.to_decide(actor=second, on=TODAY) == []
        assert numbers(first)[0] == "(650) 555-0195"

    def test_taken_back_the_former_number_stands_again(self, first: Actor, second: Actor) -> None:
        again = self.correct(first, in_force(first, second))
        with in_district(first.district_id):
            corrections.take_correction_back(actor=second, ref=again.ref, at=AT)
        assert numbers(first)[0] == "(650) 555-0190"
        assert state_of(again) == "refused"
        with in_district(first.district_id), pytest.raises(WrongState):
            corrections.take_correction_back(actor=second, ref=again.ref, at=AT)

    @pytest.mark.parametrize("again", ["(650) 555-0195", "(650) 555-0196"])
    def test_after_two_corrections_the_second_person_sees_and_restores_what_was_signed(
        self, first: Actor, second: Actor, again: str
    ) -> None:
        held = in_force(first, second)
        twice = self.correct(first, self.correct(first, held), again)
        assert state_of(twice) == "corrected"
        with in_district(first.district_id):
            seen = selectors.before(actor=second, entry=LocalEntry.objects.get(pk=twice.pk))
            assert seen and seen.ref == held.ref
            corrections.take_correction_back(actor=second, ref=twice.ref, at=AT)
            assert selectors.waiting(actor=second, on=TODAY) == []
        assert numbers(first)[0] == "(650) 555-0190"

    def test_who_corrected_before_somebody_else_did_is_no_second_person(self, first: Actor, second: Actor) -> None:
        held = in_force(first, second, HOTLINE, line(), line("Night desk", "(650) 555-0191"))
        once = self.correct(first, held)
        with in_district(first.district_id):
            twice = corrections.correct_phone(actor=second, ref=once.ref, position=1, phone="(650) 555-0197", at=AT)
            with pytest.raises(WrongState, match="corrected a number here too"):
                corrections.confirm_correction(actor=first, ref=twice.ref, at=AT)
            third = make_actor(District.objects.get(pk=first.district_id))
            corrections.confirm_correction(actor=third, ref=twice.ref, at=AT)
        assert numbers(first)[:2] == ["(650) 555-0195", "(650) 555-0197"]

    def test_the_same_number_again_is_a_check_and_needs_nobody_else(self, first: Actor, second: Actor) -> None:
        old = TODAY - dt.timedelta(days=400)
        entry = in_force(first, second, HOTLINE, line(verified_on=old))
        again = self.correct(first, entry, "(650) 555-0190")
        assert state_of(again) == "in_force"
        with in_district(first.district_id):
            assert selectors.own_of(again).lines[0].verified_on == TODAY
            assert selectors.to_decide(actor=second, on=TODAY) == []

    def test_an_entry_that_was_replaced_meanwhile_is_not_corrected(self, first: Actor, second: Actor) -> None:
        old = in_force(first, second)
        in_force(first, second, HOTLINE, line(phone="(650) 555-0191"))
        with pytest.raises(WrongState, match="by someone else"):
            self.correct(first, old)

    def test_only_the_number_can_be_changed_this_way(self, first: Actor, second: Actor) -> None:
        entry = in_force(first, second)
        with pytest.raises(Invalid, match="phone number"):
            self.correct(first, entry, "ask the front desk")


@pytest.mark.django_db
class TestReach:
    def test_a_site_administrator_proposes_for_the_own_site_and_the_regions_lead_signs(
        self, district: District
    ) -> None:
        region = make_region(district)
        site, other = make_site(district, region=region), make_site(district)
        principal = make_actor(district, "site_administrator", site=site)
        lead = make_actor(district, "region_lead", region=region)
        entry = propose(principal, Thing("steps", site_ref=site.ref), line("Front office"))
        with pytest.raises(NotFound):
            propose(principal, Thing("steps", site_ref=other.ref), line("Front office"))
        with pytest.raises(NotAllowed):
            propose(principal)
        with pytest.raises(NotFound):
            sign(make_actor(district, "region_lead", region=make_region(district, "East")), entry)
        sign(lead, entry)

    def test_a_regions_lead_may_be_the_second_pair_of_eyes_for_the_district_and_a_principal_not(
        self, district: District, first: Actor
    ) -> None:
        entry = propose(first)
        with pytest.raises(NotFound):
            sign(make_actor(district, "site_administrator", site=make_site(district)), entry)
        sign(make_actor(district, "region_lead", region=make_region(district)), entry)

    def test_another_district_finds_nothing(self, first: Actor) -> None:
        entry = propose(first)
        stranger = make_actor(make_district("fork", "north.localhost", county_key=SAN_MATEO))
        with pytest.raises(NotFound):
            sign(stranger, entry)
        with in_district(stranger.district_id):
            assert LocalEntry.objects.count() == 0


@pytest.mark.django_db
class TestLayers:
    def test_a_level_may_be_called_otherwise_and_says_the_same(self, first: Actor, second: Actor) -> None:
        make_station(District.objects.get(pk=first.district_id))
        in_force(first, second, Thing("level_name", LEVEL), line("Red level", "", es="Nivel rojo"))
        with in_district(first.district_id):
            (level,) = here(actor=first, on=TODAY).place.terms.levels
        assert (level.name.en, level.name.es, level.steps) == (
            "Red level",
            "Nivel rojo",
            ("san_mateo.law_enforcement",),
        )

    def test_steps_that_the_county_has_said_are_not_changed_and_both_layers_are_named(self, first: Actor) -> None:
        with pytest.raises(Invalid) as refused:
            propose(first, Thing("level_steps", LEVEL), line("Front office"))
        assert "Alder Unified may add to what San Mateo County says" in str(refused.value)

    def test_san_diegos_steps_and_number_are_filled_in_by_a_district_and_then_published(self) -> None:
        district = make_district(county_key=SAN_DIEGO)
        one, two = make_actor(district), make_actor(district)
        make_station(district)
        in_force(one, two)
        assert numbers(one) == ["(650) 555-0190"]
        with in_district(district.pk):
            levels = [level.key for level in county_levels(actor=one, on=TODAY)]
        for level in levels:
            with in_district(district.pk):
                assert here(actor=one, on=TODAY).place.terms.levels == ()
            in_force(one, two, Thing("level_steps", level), line("Wellness center", "(619) 555-0100"))
        with in_district(district.pk):
            place = here(actor=one, on=TODAY).place
        assert [pack.key for pack in place.packs] == [SAN_DIEGO, "us-ca", "us"]
        assert [level.steps for level in place.terms.levels] == [(f"own.level_steps.{level}.0",) for level in levels]

    def test_a_level_without_a_number_to_call_is_not_published(self) -> None:
        district = make_district(county_key=SAN_DIEGO)
        one, two = make_actor(district), make_actor(district)
        entry = propose(one, Thing("level_name", "suspected_grooming"), line("Yellow", ""))
        with pytest.raises(WrongState, match="child-welfare number"):
            sign(two, entry)
        in_force(one, two)
        with pytest.raises(WrongState, match="sheriff’s station"):
            sign(two, entry)
        make_station(district)
        sign(two, entry)
        with pytest.raises(WrongState, match="child-welfare number"):
            sign(two, self.emptied(one), over=self.held(one))

    def emptied(self, actor: Actor) -> LocalEntry:
        with in_district(actor.district_id):
            return services.propose_entry(actor=actor, thing=HOTLINE, lines=(), at=AT)

    def held(self, actor: Actor) -> str:
        with in_district(actor.district_id):
            found = selectors.holding(actor=actor, kind="child_welfare")
        assert found
        return found.ref

    def test_an_entry_that_a_new_pack_no_longer_allows_never_takes_the_call_screen_with_it(
        self, first: Actor, second: Actor
    ) -> None:
        entry = in_force(first, second)
        with in_district(first.district_id):
            LocalEntry.objects.filter(pk=entry.pk).update(kind="level_steps", level=LEVEL)
            found = here(actor=first, on=TODAY)
        assert [own.level for own in found.unfit] == [LEVEL]
        assert found.place.facts("reporting_lines")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("thing", "given", "field"),
    [
        (HOTLINE, line(phone=""), "phone_0"),
        (HOTLINE, line(phone="call Alex"), "phone_0"),
        (HOTLINE, line(verified_on=None), "verified_on_0"),
        (HOTLINE, line(verified_on=TODAY + dt.timedelta(days=1)), "verified_on_0"),
        (HOTLINE, line("School police"), "name_0"),
        (HOTLINE, line("Houston ISD Police Department"), "name_0"),
        (HOTLINE, line("Hotline 900-555-0666"), "name_0"),
        (HOTLINE, line(phone="1-900-555-0666"), "phone_0"),
        (HOTLINE, line(es="Policía escolar"), "name_es_0"),
        (HOTLINE, line("She said: he waits by the gate"), "name_0"),
        (HOTLINE, line("x" * 61), "name_0"),
        (Thing("level_name", "none"), line(), None),
        (Thing("level_name"), line(), None),
    ],
)
def test_a_line_is_a_name_and_a_number_and_nothing_else(
    first: Actor, thing: Thing, given: Line, field: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        propose(first, thing, given)
    assert refused.value.field == field


@pytest.mark.django_db
class TestSteps:
    def test_while_a_site_has_none_the_coordinator_and_the_regions_lead_stand_in(self, district: District) -> None:
        region = make_region(district)
        site = make_site(district, region=region)
        for name, role, where in (("Marisol", "coordinator", {}), ("Devon", "region_lead", {"region": region})):
            make_post(make_person(district, given_name=name, family_name="Q"), role, **where)
        with in_district(district.pk):
            found = local_steps_for(actor=visitor(district.pk), site_ref=site.ref, on=TODAY)
        assert found.lines == ()
        assert [(h.post, h.names) for h in found.helpers] == [
            ("coordinator", ("Marisol Q",)),
            ("region_lead", ("Devon Q",)),
        ]

    def test_once_signed_the_sites_own_people_stand_there_in_order(
        self, district: District, first: Actor, second: Actor
    ) -> None:
        site = make_site(district)
        people = (line("Ngozi Ellison", deputy="Front office"), line("Counselor", ""))
        in_force(first, second, Thing("steps", site_ref=site.ref), *people)
        with in_district(district.pk):
            found = local_steps_for(actor=visitor(district.pk), site_ref=site.ref, on=TODAY)
        assert ([step.name.en for step in found.lines], found.helpers) == (["Ngozi Ellison", "Counselor"], ())

    def test_the_first_to_act_has_a_number(self, district: District, first: Actor) -> None:
        with pytest.raises(Invalid, match="first person"):
            propose(first, Thing("steps", site_ref=make_site(district).ref), line("Counselor", ""))


@pytest.mark.django_db
def test_an_address_of_a_post_is_no_longer_than_the_books_hold(first: Actor) -> None:
    office = replace(line(), name=POSTS["office"])
    entry = propose(first, Thing("families"), replace(office, email=f"{'a' * 50}@{'b' * 57}.example.org"))
    with in_district(first.district_id):
        assert len(entry.lines.get().email) == 120
    with pytest.raises(Invalid, match="e-mail address") as refused:
        propose(first, Thing("families"), replace(office, email=f"{'a' * 51}@{'b' * 57}.example.org"))
    assert refused.value.field == "email_0"
