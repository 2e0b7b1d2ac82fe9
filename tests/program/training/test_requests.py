"""Asking, withdrawing, declining: what is refused and with which words, and what happens to the rest."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_actor, make_district, make_site
from tests.factories.training import DAY, World, ask, wish
from tests.moments import AT, TODAY
from upstander.district.places.models import ClosedDay
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.content.words import next_step
from upstander.program.training.models import Request, RequestMove
from upstander.program.training.selectors.queue import Sought, queue_counts, queue_for
from upstander.program.training.selectors.requests import request_followed, requests_followed
from upstander.program.training.services.requests import Window, decline_request, request_training, withdraw_request

pytestmark = pytest.mark.django_db


def test_a_request_waits_in_the_queue_and_its_requester_is_told(world: World) -> None:
    made = ask(world)
    with in_district(world.district.pk):
        assert [line.request for line in queue_for(actor=world.coordinator, at=AT)] == [made]
        assert list(Notice.objects.values_list("kind", flat=True)) == ["training_received"]
        assert list(RequestMove.objects.values_list("from_state", "to_state")) == [("", "waiting")]
        event = AuditEvent.objects.get(event="training.requested")
        assert event.data == {"kind": "training", "site": world.site.ref, "head_count": 40}


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"head_count": -1}, "head_count", "from 1 to 1500"),
        ({"head_count": 0}, "head_count", "from 1 to 1500"),
        ({"head_count": 10_000}, "head_count", "from 1 to 1500"),
        ({"languages": ()}, "languages", "at least one answer"),
        ({"room": ""}, "room", "name the room"),
        ({"room": "Library; she told me"}, "room", "letters, digits and blanks"),
        ({"windows": ()}, "windows", "one to three days"),
        ({"windows": (Window(DAY, dt.time(23), dt.time(1)),)}, "windows_0", "same day"),
        ({"windows": (Window(DAY, dt.time(14), dt.time(14, 30)),)}, "windows_0", "does not fit"),
        ({"windows": (Window(TODAY, dt.time(8), dt.time(10)),)}, "windows_0", "already over"),
        ({"windows": (Window(dt.date(2028, 3, 1), dt.time(8), dt.time(10)),)}, "windows_0", "more than a year"),
        ({"windows": (Window(dt.date(2027, 3, 14), dt.time(2, 30), dt.time(5)),)}, "windows_0", "does not exist"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_at_its_field(
    world: World, change: dict[str, Any], field: str, says: str
) -> None:
    with in_district(world.district.pk), pytest.raises(Invalid, match=says) as refusal:
        request_training(actor=world.administrator, wish=wish(world.site, **change), at=AT)
    assert refusal.value.field == field
    with in_district(world.district.pk):
        assert not Request.objects.exists()


def test_a_day_without_school_has_to_be_meant(world: World) -> None:
    with in_district(world.district.pk):
        ClosedDay.objects.create(district_id=world.district.pk, on=DAY, name="Harvest Day")
        with pytest.raises(Invalid, match="Harvest Day") as refusal:
            request_training(actor=world.administrator, wish=wish(world.site), at=AT)
        assert refusal.value.field == "closed_day_is_meant"
        request_training(actor=world.administrator, wish=wish(world.site, closed_day_is_meant=True), at=AT)


def test_an_online_session_needs_no_room(world: World) -> None:
    assert ask(world, mode="online", room="").room == ""


def test_nobody_asks_for_a_site_out_of_reach(world: World) -> None:
    other = make_site(world.district)
    with in_district(world.district.pk), pytest.raises(NotFound):
        request_training(actor=world.administrator, wish=wish(other), at=AT)


def test_another_site_and_another_district_see_nothing_of_it(world: World) -> None:
    made = ask(world)
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    elsewhere = make_actor(make_district("fork", "north.localhost"), "coordinator")
    with in_district(world.district.pk):
        assert list(requests_followed(actor=stranger, at=AT)) == []
        with pytest.raises(NotFound):
            request_followed(actor=stranger, ref=made.ref, at=AT)
        with pytest.raises(NotFound):
            withdraw_request(actor=stranger, ref=made.ref, at=AT)
    with in_district(elsewhere.district_id):
        assert queue_for(actor=elsewhere, at=AT) == []
        with pytest.raises(NotFound):
            withdraw_request(actor=elsewhere, ref=made.ref, at=AT)


def test_the_queue_shows_age_and_next_step_and_a_region_alone(world: World) -> None:
    old = ask(world, at=AT - dt.timedelta(days=9))
    new = ask(world, site=make_site(world.district))
    with in_district(world.district.pk):
        lines = queue_for(actor=world.coordinator, at=AT)
        told = [(line.request, line.age_days, line.late_days, line.region_name) for line in lines]
        assert told == [(old, 9, 3, "West"), (new, 0, -7, "")]
        assert next_step(old) == "A coordinator chooses a day and a consultant."
        narrowed = queue_for(actor=world.coordinator, at=AT, sought=Sought(region=world.region.ref))
        assert [line.request for line in narrowed] == [old]
        counts = queue_counts(actor=world.coordinator, at=AT)
        assert (counts.waiting, counts.planned, counts.oldest_days) == (2, 0, 9)


def test_a_regional_lead_sees_the_region_only(world: World) -> None:
    inside = ask(world)
    ask(world, site=make_site(world.district))
    lead = make_actor(world.district, "region_lead", region=world.region)
    with in_district(world.district.pk):
        assert [line.request for line in queue_for(actor=lead, at=AT)] == [inside]


def test_withdrawing_ends_it_once(world: World) -> None:
    made = ask(world)
    with in_district(world.district.pk):
        withdraw_request(actor=world.administrator, ref=made.ref, at=AT)
        assert queue_for(actor=world.coordinator, at=AT) == []
        with pytest.raises(WrongState, match="Withdrawn"):
            withdraw_request(actor=world.administrator, ref=made.ref, at=AT)


def test_declining_takes_a_known_reason_and_tells_the_requester(world: World) -> None:
    made = ask(world)
    with in_district(world.district.pk):
        with pytest.raises(Invalid):
            decline_request(actor=world.coordinator, ref=made.ref, reason="because", at=AT)
        with pytest.raises(NotFound):
            decline_request(actor=world.administrator, ref=made.ref, reason="no_day", at=AT)
        decline_request(actor=world.coordinator, ref=made.ref, reason="no_day", at=AT)
        notice = Notice.objects.get(kind="training_declined")
        assert notice.facts["reason"].startswith("No consultant is free")
