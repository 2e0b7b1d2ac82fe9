"""What is out of reach does not exist, whoever knows its ref; and reach is today's, not that of the day one asked."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.factories import make_account, make_actor, make_person, make_post, make_region, make_site
from tests.factories.training import HOME, KNOWN, World, ask, make_consultant
from tests.factories.visits import client_of
from tests.moments import AT, TODAY
from tests.program.training.test_sessions import BEGINS, confirmed, slot
from upstander.district.access.selectors import actor_for
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training.models import Session
from upstander.program.training.selectors.requests import request_followed, requests_followed
from upstander.program.training.selectors.rooms import code_now, room_of
from upstander.program.training.services.attendance import add_walk_in, match_mark, set_number_aside, tick
from upstander.program.training.services.requests import decline_request, withdraw_request
from upstander.program.training.services.sessions import (
    assign_member,
    close_session,
    confirm_session,
    open_session,
    release_session,
)

pytestmark = pytest.mark.django_db
Step = Callable[[Actor, World, Session], object]

STEPS: dict[str, Step] = {
    "assign": lambda who, world, session: assign_member(
        actor=who, request_ref=session.request.ref, member_ref=world.far.ref, slot=slot(session.request), at=AT
    ),
    "confirm": lambda who, world, session: confirm_session(actor=who, request_ref=session.request.ref, at=AT),
    "release": lambda who, world, session: release_session(actor=who, request_ref=session.request.ref, at=AT),
    "decline": lambda who, world, session: decline_request(actor=who, ref=session.request.ref, reason="no_day", at=AT),
    "withdraw": lambda who, world, session: withdraw_request(actor=who, ref=session.request.ref, at=AT),
    "open": lambda who, world, session: open_session(actor=who, ref=session.ref, at=BEGINS),
    "close": lambda who, world, session: close_session(actor=who, ref=session.ref, tally=KNOWN, at=BEGINS),
    "tick": lambda who, world, session: tick(
        actor=who, session_ref=session.ref, person_ref=world.staff[0].ref, present=True, at=BEGINS
    ),
    "walk in": lambda who, world, session: add_walk_in(
        actor=who, session_ref=session.ref, staff_number="12", at=BEGINS
    ),
    "match": lambda who, world, session: match_mark(
        actor=who, session_ref=session.ref, staff_number="12", right_number="13", at=BEGINS
    ),
    "set aside": lambda who, world, session: set_number_aside(
        actor=who, session_ref=session.ref, staff_number="12", at=BEGINS
    ),
    "room": lambda who, world, session: room_of(actor=who, ref=session.ref, at=BEGINS),
    "code": lambda who, world, session: code_now(actor=who, ref=session.ref, at=BEGINS),
}


@pytest.fixture
def strangers(world: World) -> list[Actor]:
    """Three who hold the right capabilities, elsewhere: another site, another region, another consultant."""
    east = make_region(world.district, "East")
    return [
        make_actor(world.district, "site_administrator", site=make_site(world.district)),
        make_actor(world.district, "region_lead", region=east),
        make_consultant(world.district, world.coordinator, "Other", HOME)[1],
    ]


def test_every_step_on_a_record_out_of_reach_finds_nothing(world: World, strangers: list[Actor]) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        for step in STEPS.values():
            for who in strangers:
                with pytest.raises(NotFound):
                    step(who, world, session)


def test_pages_out_of_reach_answer_as_if_there_were_nothing(world: World, strangers: list[Actor]) -> None:
    request, session = confirmed(world)
    administrator, lead, consultant = map(client_of, strangers)
    room = f"/en/training/mine/{session.ref}/"
    answers = [
        administrator.get(f"/en/training/requests/{request.ref}/"),
        administrator.post(f"/en/training/requests/{request.ref}/withdraw/"),
        lead.get(f"/en/training/queue/{request.ref}/"),
        lead.post(f"/en/training/queue/{request.ref}/confirm/"),
        *(consultant.get(f"{room}{page}") for page in ("", "code/", "code.svg", "close/")),
        *(consultant.post(f"{room}{step}/") for step in ("open", "tick", "walk-in", "match", "close")),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)


def test_whose_post_has_ended_follows_no_request_of_the_old_site(world: World) -> None:
    account = make_account()
    person = make_person(world.district, account=account)
    moved = TODAY + dt.timedelta(days=1)
    make_post(person, "site_administrator", site=world.site, ends_on=moved)
    make_post(person, "site_administrator", site=make_site(world.district), starts_on=moved)
    made = ask(world)
    with in_district(world.district.pk):
        type(made).objects.filter(pk=made.pk).update(requested_by=account)
        before = actor_for(account, world.district.pk, TODAY)
        assert list(requests_followed(actor=before, at=AT)) == [made]
        after, later = actor_for(account, world.district.pk, moved), AT + dt.timedelta(days=1)
        assert list(requests_followed(actor=after, at=later)) == []
        with pytest.raises(NotFound):
            request_followed(actor=after, ref=made.ref, at=later)
        with pytest.raises(NotFound):
            withdraw_request(actor=after, ref=made.ref, at=later)
