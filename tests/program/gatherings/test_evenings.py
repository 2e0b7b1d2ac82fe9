"""Evenings for families: what they carry, an invitation that gives nothing away, places, and heads."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.utils import translation

from tests.factories import make_actor, make_site
from tests.factories.gatherings import make_evening, session_of
from tests.factories.training import World, make_world
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.gatherings.content.invitations import message_of
from upstander.program.gatherings.models import Evening, PlacesWanted
from upstander.program.gatherings.selectors.evenings import evening_page, evenings_followed, invitation_to
from upstander.program.gatherings.selectors.papers import letter_pdf
from upstander.program.gatherings.services.evenings import Arrangement, arrange_evening, note_held, want_places
from upstander.program.training.models import HeadCount, Request
from upstander.program.training.services.sessions import release_session

CARE = Arrangement(10, 3, 11, "staff", ("es", "ase"), has_food=True, is_step_free=True, phone="(650) 555-0100")
# What no invitation may say, in either language.
TOPIC = ("traffick", "exploit", "csec", "abuse", "report", "trata", "explota", "abuso", "denuncia", "prevent")


def arranged(world: World, given: Arrangement = CARE, **more: Any) -> tuple[Request, Evening]:
    made = make_evening(world, **more)
    with in_district(world.district.pk):
        return made, arrange_evening(actor=world.administrator, ref=made.ref, arrangement=given, at=AT)


def test_the_invitation_says_what_when_and_where_and_nothing_of_the_topic(world: World) -> None:
    _made, evening = arranged(world)
    with in_district(world.district.pk):
        shown = invitation_to(actor=visitor(world.district.pk), ref=evening.ref, at=AT)
        texts = {code: message_of(shown, code, "https://example.org/evening") for code in ("en", "es")}
        assert [word for text in texts.values() for word in TOPIC if word in text.lower()] == []
        with translation.override("en"):
            assert texts["en"].splitlines() == [
                "An evening for families at Cedar High",
                "Meet other families and staff, hear what helps our young people stay well, and ask what you like.",
                "When: Wednesday, November 18, 2026, 2 p.m. – 3 p.m.",
                "Where: Library, Cedar High",
                "Care for little ones: for ages 3 to 11, at no cost, next door",
                "Interpretation: Spanish, American Sign Language",
                "Refreshments: There is something to eat and drink.",
                "Access: The room can be reached without steps.",
                "Cost: None. You need not sign up, and nobody writes down who comes.",
                "Questions: Call the school: (650) 555-0100",
                "https://example.org/evening",
            ]
        assert texts["es"].startswith("Una reunión para familias en Cedar High")
        drawn = letter_pdf(shown, district="Alder", addresses=dict.fromkeys(("en", "es"), "http://x/e/"), at=AT)
        assert drawn.is_checked


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"care_places": -1}, "care_places"),
        ({"care_places": 10_000}, "care_places"),
        ({"care_from": 12, "care_until": 3}, "care_until"),
        ({"care_by": ""}, "care_by"),
        ({"interpreters": ("xx",)}, "interpreters"),
        ({"phone": "ask for Ana"}, "phone"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, change: dict[str, Any], field: str) -> None:
    made = make_evening(world)
    given = replace(CARE, **change)
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        arrange_evening(actor=world.administrator, ref=made.ref, arrangement=given, at=AT)
    assert refused.value.field == field


def test_only_who_follows_the_site_settles_it_and_no_family_reads_of_a_day_before_it_is_confirmed(world: World) -> None:
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    made, evening = arranged(world, is_confirmed=False)
    with in_district(world.district.pk):
        with pytest.raises(NotFound):
            arrange_evening(actor=stranger, ref=made.ref, arrangement=CARE, at=AT)
        assert not evenings_followed(actor=stranger, at=AT).exists()
        with pytest.raises(NotFound):
            invitation_to(actor=visitor(world.district.pk), ref=evening.ref, at=AT)


def test_families_are_counted_and_named_nowhere(world: World) -> None:
    made, evening = arranged(world)
    family = visitor(world.district.pk)
    with in_district(world.district.pk):
        want_places(actor=family, ref=evening.ref, care_count=3, language="vi", at=AT)
        want_places(actor=family, ref=evening.ref, care_count=0, language="vi", at=AT)
        page = evening_page(actor=world.administrator, ref=made.ref, at=AT)
        assert (page.care_wanted, page.wanted) == (3, [("Vietnamese", 2)])
        for told, field in (((0, ""), "care_count"), ((7, ""), "care_count"), ((1, "xx"), "language")):
            with pytest.raises(Invalid) as refused:
                want_places(actor=family, ref=evening.ref, care_count=told[0], language=told[1], at=AT)
            assert refused.value.field == field
        fewer = replace(CARE, care_places=2)
        with pytest.raises(Invalid, match="3 places already"):
            arrange_evening(actor=world.administrator, ref=made.ref, arrangement=fewer, at=AT)
        assert AuditEvent.objects.filter(event="gatherings.places_wanted").count() == 2


def test_an_evening_taken_back_says_so_and_counts_nobody(world: World) -> None:
    made, evening = arranged(world)
    with in_district(world.district.pk):
        release_session(actor=world.coordinator, request_ref=made.ref, at=AT)
        family = visitor(world.district.pk)
        assert invitation_to(actor=family, ref=evening.ref, at=AT).is_called_off
        with pytest.raises(WrongState):
            want_places(actor=family, ref=evening.ref, care_count=1, language="", at=AT)


def test_after_it_heads_are_counted_and_it_is_held(world: World) -> None:
    made, _evening = arranged(world)
    over = session_of(made).ends_at + dt.timedelta(hours=1)
    told: dict[str, Any] = {"actor": world.coordinator, "ref": made.ref, "initials": "CC"}
    with in_district(world.district.pk):
        with pytest.raises(WrongState, match="not over yet"):
            note_held(counted=20, at=AT, **told)
        with pytest.raises(Invalid), in_district(world.district.pk):
            note_held(counted=10_000, at=over, **told)
    with in_district(world.district.pk):
        note_held(counted=20, at=over, **told)
        assert HeadCount.objects.get().counted == 20
        assert Request.objects.get(ref=made.ref).state == "delivered"
        with pytest.raises(WrongState):
            arrange_evening(actor=world.administrator, ref=made.ref, arrangement=CARE, at=over)


def test_two_families_at_the_same_moment_and_one_place_is_left(cloned_database: str) -> None:
    world = make_world()
    _made, evening = arranged(world, replace(CARE, care_places=1))

    def want(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            want_places(actor=visitor(world.district.pk), ref=evening.ref, care_count=1, language="", at=AT)

    first, second = at_once(partial(want), partial(want))
    assert first == DONE
    assert "There are 0 places left" in second
    with in_district(world.district.pk):
        assert PlacesWanted.objects.count() == 1
