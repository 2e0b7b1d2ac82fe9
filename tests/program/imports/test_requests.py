"""Requests of another system: what is open waits in the queue, what is over is history, and nobody is asked twice."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.factories import make_account, make_person, make_post, make_site
from tests.factories.training import World, ask, make_world
from tests.moments import AT, TODAY
from tests.program.imports.test_imports import apply, counts, decide, problems, seen, taken
from upstander.district.places.models import Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.imports.content.columns import Choice, guess
from upstander.program.imports.selectors.earlier import earlier_requests
from upstander.program.imports.selectors.imports import import_by_ref
from upstander.program.imports.selectors.preview import preview_of
from upstander.program.imports.selectors.requests import still_waiting
from upstander.program.imports.services import apply_import, choose_columns, decide_matches, undo_import
from upstander.program.training.models import Request
from upstander.program.training.services.queue import hand_over
from upstander.program.training.services.requests import decline_request

pytestmark = pytest.mark.django_db
HEAD = "Site code,Request date,How many,Status,Type,Contact email"
CHOICE = Choice(
    columns={"code": 0, "when": 1, "heads": 2, "stands": 3, "asked": 4, "email": 5},
    order="mdy",
)
ROWS = (
    "0103,10/2/2026,40,Open,Staff session,lee@adams.example",
    "0104,10/5/2026,,Approved,Materials,",
    "0103,2/14/2025,35,Completed,Staff session,",
    "0104,10/9/2026,12,Open,Parent tea,",
)


@pytest.fixture
def world() -> World:
    world = make_world()
    for code, name in (("0103", "Roosevelt Middle"), ("0104", "Adams Junior High")):
        make_site(world.district, name, region=world.region, code=code)
    return world


@pytest.fixture
def actor(world: World) -> Iterator[Actor]:
    with in_district(world.district.pk):
        yield world.coordinator


def listed(*rows: str) -> bytes:
    return "\n".join((HEAD, *(rows or ROWS))).encode()


def brought(actor: Actor, *rows: str, choice: Choice = CHOICE) -> str:
    """A list whose words are settled: approved is open, a tea is left out."""
    ref = taken(actor, listed(*rows), choice, "requests")
    decide(actor, ref, {"Approved": "open"})
    return ref


def waiting() -> list[tuple[str, str, dt.date, int]]:
    found = Request.objects.filter(state="waiting").order_by("requested_at", "id")
    return [(row.site.code, row.kind, row.requested_at.date(), row.head_count) for row in found]


def test_the_headings_of_a_former_system_are_proposed() -> None:
    assert guess("requests", HEAD.split(",")) == {
        0: "code",
        1: "when",
        2: "heads",
        3: "stands",
        4: "asked",
        5: "email",
    }


def test_only_words_that_mean_one_thing_are_taken_as_they_are(actor: Actor) -> None:
    ref = taken(actor, listed(), CHOICE, "requests")
    assert [(each.name, each.key) for each in seen(actor, ref).to_decide] == [
        ("Approved", "standing|approved"),
        ("Parent tea", "asked|parent tea"),
    ]
    assert {each.answer for each in seen(actor, ref).words.values() if each.sure} == {
        "open",
        "over",
        "training",
        "materials",
    }


def test_what_is_open_waits_in_the_queue_and_what_is_over_is_history(actor: Actor, world: World) -> None:
    ref = brought(actor)
    assert apply(actor, ref) == {"waits": 2, "new": 1, "left_out": 1}
    assert waiting() == [
        ("0103", "training", dt.date(2026, 10, 2), 40),
        ("0104", "materials", dt.date(2026, 10, 5), 0),
    ]
    first, second = Request.objects.order_by("requested_at")
    assert (first.contact_email, first.audience, first.minutes, first.mode, first.languages) == (
        "lee@adams.example",
        "all_staff",
        60,
        "in_person",
        ["en"],
    )
    assert (second.requested_by_id, second.audience, second.minutes) == (actor.account_id, "", 0)
    assert {first.entered_by_id, second.entered_by_id} == {actor.account_id}
    assert first.owner_id == actor.account_id and first.due_on and first.due_on > TODAY
    assert [(row.site.code, row.asked_on) for row in earlier_requests(actor=actor)] == [("0103", dt.date(2025, 2, 14))]
    assert not Notice.objects.filter(kind="training_received").exists()
    assert AuditEvent.objects.filter(event="training.requested").count() == 2


def test_where_no_address_is_told_the_principal_is_whoever_asked(actor: Actor, world: World) -> None:
    principal = make_person(world.district, account=make_account())
    make_post(principal, "site_administrator", site=make_site(world.district, "Oak High", code="0109"))
    apply(actor, brought(actor, "0109,10/5/2026,,Open,Materials,"))
    assert Request.objects.get().requested_by == principal.account


def test_whoever_asked_hears_of_it_only_when_somebody_says_so(actor: Actor) -> None:
    ref = brought(actor, *ROWS[:2])
    load = import_by_ref(actor=actor, ref=ref)
    preview = preview_of(actor=actor, load=load, seen=seen(actor, ref), language="en")
    assert preview.tellable_count == 1
    apply_import(actor=actor, ref=ref, seal=preview.seal, without_refused=False, tell=True, at=AT, on=TODAY)
    assert list(Notice.objects.filter(kind="training_received").values_list("recipient", flat=True)) == [
        "lee@adams.example"
    ]


def test_a_twin_comes_only_when_it_is_meant(actor: Actor, world: World) -> None:
    ask(world, Site.objects.get(code="0103"))
    rows = (ROWS[0], "0104,10/5/2026,9,Open,Materials,", "0104,10/6/2026,8,Open,Materials,")
    ref = brought(actor, *rows)
    assert counts(actor, ref) == {"waits": 1, "twin": 2}
    load = import_by_ref(actor=actor, ref=ref)
    seal = preview_of(actor=actor, load=load, seen=seen(actor, ref), language="en").seal
    done = apply_import(actor=actor, ref=ref, seal=seal, without_refused=False, twins_are_meant=True, at=AT, on=TODAY)
    assert (done["waits"], done["twin"]) == (3, 0)
    assert len(waiting()) == 4
    again = brought(actor, *rows)
    assert counts(actor, again) == {"twin": 3}


def test_a_session_for_some_of_the_staff_is_no_twin_of_one_for_all(actor: Actor, world: World) -> None:
    ask(world, Site.objects.get(code="0103"), audience="teachers")
    assert counts(actor, brought(actor, ROWS[0])) == {"waits": 1}
    ask(world, Site.objects.get(code="0103"))
    assert counts(actor, brought(actor, ROWS[0])) == {"twin": 1}


def test_a_twin_that_came_meanwhile_changes_what_was_seen(actor: Actor, world: World) -> None:
    ref = brought(actor, ROWS[0])
    load = import_by_ref(actor=actor, ref=ref)
    seal = preview_of(actor=actor, load=load, seen=seen(actor, ref), language="en").seal
    ask(world, Site.objects.get(code="0103"))
    with pytest.raises(WrongState, match="Something has changed"):
        apply_import(actor=actor, ref=ref, seal=seal, without_refused=False, at=AT, on=TODAY)


def test_undoing_withdraws_what_nobody_has_touched_and_names_the_rest(actor: Actor, world: World) -> None:
    rows = (ROWS[0], "0104,10/5/2026,9,Open,Materials,", "0104,10/6/2026,8,Open,Consultation,", ROWS[2])
    ref = brought(actor, *rows)
    apply(actor, ref)
    declined = Request.objects.get(kind="materials")
    decline_request(actor=actor, ref=declined.ref, reason="twice", at=AT)
    held = Request.objects.get(kind="training")
    deputy = make_account()
    make_post(make_person(world.district, account=deputy), "coordinator")
    hand_over(actor=actor, ref=held.ref, owner_ref=deputy.ref, at=AT)
    mails = Notice.objects.count()
    undo_import(actor=actor, ref=ref, at=AT)
    states = dict(Request.objects.values_list("kind", "state"))
    assert states == {"materials": "declined", "training": "waiting", "consultation": "withdrawn"}
    assert [each.ref for each in still_waiting(actor=actor, load=import_by_ref(actor=actor, ref=ref))] == [held.ref]
    assert not earlier_requests(actor=actor)
    assert Notice.objects.count() == mails


def test_a_list_without_a_column_for_it_says_for_all_rows_what_was_asked_for(actor: Actor) -> None:
    columns = {"code": 0, "when": 1, "stands": 3}
    with pytest.raises(Invalid, match="Say what was asked for"):
        taken(actor, listed(ROWS[0]), Choice(columns=columns, order="mdy"), "requests")
    apply(actor, brought(actor, ROWS[0], choice=Choice(columns=columns, order="mdy", asked="evening")))
    assert waiting() == [("0103", "evening", dt.date(2026, 10, 2), 0)]


def test_cells_left_empty_are_asked_about_once(actor: Actor) -> None:
    ref = taken(actor, listed("0103,10/2/2026,,,Materials,", "0104,10/2/2026,,,,"), CHOICE, "requests")
    assert [(each.key, each.row_count) for each in seen(actor, ref).to_decide] == [("standing|", 2), ("asked|", 1)]
    answers = {"standing|": "open", "asked|": "event"}
    decide_matches(actor=actor, ref=ref, answers=answers, at=AT, on=TODAY)
    apply(actor, ref)
    assert {row[1] for row in waiting()} == {"materials", "event"}


def test_more_people_than_a_request_can_be_for_are_told_by_their_cell(actor: Actor) -> None:
    ref = taken(
        actor, listed("0103,10/2/2026,1501,Open,Materials,", "0104,10/2/2026,1500,Open,Materials,"), CHOICE, "requests"
    )
    assert problems(actor, ref) == [(2, "C", "too_many")]
    decide(actor, ref, {})
    assert apply(actor, ref) == {"waits": 1, "refused": 1}
    assert waiting() == [("0104", "materials", dt.date(2026, 10, 2), 1500)]


def test_an_address_that_is_none_is_told_by_its_cell(actor: Actor) -> None:
    ref = taken(actor, listed("0103,10/2/2026,,Open,Materials,Lee Adams"), CHOICE, "requests")
    assert problems(actor, ref) == [(2, "F", "no_address")]
    choose_columns(actor=actor, ref=ref, choice=CHOICE, at=AT)
    assert counts(actor, ref) == {}
