"""Evenings and presentations by site and school year; and requests whose owner has left."""

import datetime as dt
from typing import Any

from tests.factories import make_actor, make_site
from tests.factories.gatherings import make_evening, session_of
from tests.factories.training import DAY, World, ask
from tests.moments import AT, TODAY
from upstander.district.people.models import Post
from upstander.district.places.models import SchoolYear
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Request
from upstander.program.training.selectors.owners import to_pass_on
from upstander.program.training.selectors.phases import Held, SitePhases, phases_held
from upstander.program.training.services import queue
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.services.tallies import Tally

LATER = AT + dt.timedelta(days=3)


def held(world: World, kind: str, **more: Any) -> str:
    """A session of this kind, held on DAY and closed with 18 heads; the session's ref."""
    session = session_of(make_evening(world, kind=kind, **more))
    with in_district(world.district.pk):
        open_session(actor=world.coordinator, ref=session.ref, at=session.starts_at)
        tally = Tally(18, "CC", difference_is_known=True)
        close_session(actor=world.coordinator, ref=session.ref, tally=tally, at=session.ends_at)
        return session.ref


def test_a_site_has_held_what_was_closed_in_the_year(world: World) -> None:
    first = held(world, "evening")
    make_site(world.district, "Held nothing", region=world.region)
    with in_district(world.district.pk):
        span = {"starts_on": dt.date(2026, 8, 1), "ends_on": dt.date(2027, 7, 1)}
        year = SchoolYear(district_id=world.district.pk, **span)
        told: dict[str, Any] = {"actor": world.coordinator, "year": year}
        only = {world.site.pk: SitePhases(world.site.pk, (Held(first, DAY, 18),), ())}
        assert phases_held(**told, on=DAY) == only
        assert phases_held(**told, on=TODAY) == {}
        assert phases_held(**told, on=DAY, known_at=AT) == {}
        last = SchoolYear(district_id=world.district.pk, starts_on=dt.date(2025, 8, 1), ends_on=dt.date(2026, 7, 1))
        assert phases_held(actor=world.coordinator, year=last, on=DAY) == {}
        elsewhere = make_actor(world.district, "site_administrator", site=make_site(world.district))
        assert phases_held(actor=elsewhere, year=year, on=DAY) == {}


def test_a_request_whose_owner_has_left_gets_the_next_one_with_a_note(world: World) -> None:
    made = ask(world)
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        assert Request.objects.get().owner_id == world.coordinator.account_id
        assert to_pass_on(actor=actor, at=AT) == []
        assert not queue.pass_on_request(actor=actor, ref=made.ref, at=AT)
        assert world.coordinator.account_id
        Post.objects.filter(person__account_id=world.coordinator.account_id).update(ends_on=TODAY)
        assert to_pass_on(actor=actor, at=AT) == [made.ref]
        assert not queue.pass_on_request(actor=actor, ref=made.ref, at=AT), "there is nobody else"
    lead = make_actor(world.district, "region_lead", region=world.region)
    with in_district(world.district.pk):
        assert queue.pass_on_request(actor=actor, ref=made.ref, at=AT)
        assert Request.objects.get().owner_id == lead.account_id
        assert Notice.objects.filter(kind="training_passed_on").count() == 1
        assert to_pass_on(actor=actor, at=AT) == []
