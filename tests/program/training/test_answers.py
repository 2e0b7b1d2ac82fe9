"""What a request says is completed and corrected while nothing was promised on it; what stood before is kept."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_actor, make_site
from tests.factories.gatherings import make_evening
from tests.factories.training import DAY, World, ask, consult
from tests.moments import AT, TODAY
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.kernel.seen import Outdated, seal_of
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import drawn
from upstander.program.training import states
from upstander.program.training.content.kinds import SESSION_HOLDS, shipped_kinds
from upstander.program.training.content.words import answers_of, change_words
from upstander.program.training.models import AnswerChange, Request
from upstander.program.training.policies import page_key
from upstander.program.training.selectors.answers import answers_for, changes_of, open_questions, unanswered_of
from upstander.program.training.services.answers import put_answers
from upstander.program.training.services.queue import start_request
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import release_session
from upstander.program.training.services.taking_over import Former, let_go_of_requests, take_over_requests

pytestmark = pytest.mark.django_db
EVENING: dict[str, Any] = {
    "audience": "caregivers",
    "head_count": 80,
    "languages": ("en", "es"),
    "interpreter": ["es"],
    "care": True,
    "invitation": "paper",
    "minutes": 90,
    "mode": "in_person",
    "room": "Gym",
    "seat_count": 200,
}


def put(world: World, request: Request, *, actor: Actor | None = None, **answers: Any) -> bool:
    with in_district(world.district.pk):
        return put_answers(actor=actor or world.coordinator, ref=request.ref, answers=answers, at=AT)


def former(world: World, kind: str, **more: Any) -> Request:
    with in_district(world.district.pk):
        told = Former(world.site.pk, kind, TODAY, **more)
        (made,) = take_over_requests(actor=world.coordinator, formers=[told], tell=False, at=AT)
        return made


def missing(world: World, request: Request) -> list[str]:
    with in_district(world.district.pk):
        return [question.key for question in unanswered_of(Request.objects.get(pk=request.pk))]


def test_whether_something_can_be_put_right_is_said_of_every_state() -> None:
    assert set(states.ANSWERS_OPEN) == set(states.Request)
    ends = set(states.Request) - set(states.ON_THEIR_WAY)
    assert {states.ANSWERS_OPEN[state] for state in ends} == {(states.Answers.NONE, states.Answers.NONE)}
    assert {state for state, (own, _all) in states.ANSWERS_OPEN.items() if own == states.Answers.ALL} == {"waiting"}
    assert {state for state in states.ON_THEIR_WAY if states.ANSWERS_OPEN[state][1] == states.Answers.NONE} == set()


@pytest.mark.parametrize("kind", shipped_kinds())
def test_of_a_request_taken_over_it_is_said_what_is_not_answered_yet(world: World, kind: str) -> None:
    expected = {
        "training": ["head_count", "room"],
        "consultation": ["audience", "topics", "call_times"],
        "evening": ["audience", "head_count", "invitation", "room"],
        "presentation": ["audience", "head_count"],
        "materials": ["audience", "items", "copies", "delivery"],
        "event": ["audience", "form", "head_count"],
    }
    assert missing(world, former(world, kind))[: len(expected[kind])] == expected[kind]


def test_a_request_taken_over_is_completed_and_then_says_everything(world: World) -> None:
    made = former(world, "evening")
    assert put(world, made, **EVENING)
    assert missing(world, made) == []
    with in_district(world.district.pk):
        made.refresh_from_db()
        told = dict(answers_of(made))
        assert told["Is an interpreter needed?"] == "Spanish" and told["How long?"] == "One and a half hours"
        (change,) = changes_of(actor=world.coordinator, request=made)
        assert (change.is_of_district, change.account_id) == (True, world.coordinator.account_id)
        assert (change.before["head_count"], change.after["head_count"]) == (0, 80)
        changed = sorted(EVENING.keys() - {"mode"})  # in person is usual, and was taken so
        assert AuditEvent.objects.get(event="training.answers_put").data == {"questions": ",".join(changed)}
        assert not Notice.objects.filter(kind="training_answers").exists()


def test_a_box_left_empty_completes_nothing_of_a_request_taken_over(world: World) -> None:
    made = former(world, "evening")
    assert not put(world, made, care=False, interpreter=[])
    with in_district(world.district.pk):
        assert not AnswerChange.objects.exists()


def test_a_number_too_small_is_corrected_by_its_school_and_the_owner_is_told(world: World) -> None:
    made = ask(world, head_count=40)
    assert put(world, made, actor=world.administrator, head_count=400)
    with in_district(world.district.pk):
        made.refresh_from_db()
        assert made.head_count == 400
        change = AnswerChange.objects.get()
        assert (change.before, change.after, change.is_of_district) == ({"head_count": 40}, {"head_count": 400}, False)
        assert change_words(made.kind, change.before, change.after) == [("About how many people?", "40", "400")]
        assert Notice.objects.filter(kind="training_answers").count() == 1


@pytest.mark.parametrize(("who", "mails"), [("administrator", 0), ("coordinator", 1), ("colleague", 1)])
def test_who_asked_hears_of_it_when_somebody_else_corrects(world: World, who: str, mails: int) -> None:
    made = ask(world, head_count=40)
    colleague = make_actor(world.district, "site_administrator", site=world.site)
    actors = {"administrator": world.administrator, "coordinator": world.coordinator, "colleague": colleague}
    assert put(world, made, actor=actors[who], head_count=400)
    with in_district(world.district.pk):
        told = Notice.objects.filter(kind="training_corrected")
        subjects = [drawn(each.kind, each.facts, each.language, "http://localhost")[0] for each in told]
        assert subjects == ["About your request"] * mails


def test_a_correction_that_makes_a_twin_is_asked_about_once_more(world: World) -> None:
    ask(world, audience="teachers")
    made = ask(world)
    with pytest.raises(Invalid, match="The same was asked for this site") as refused:
        put(world, made, audience="teachers")
    assert refused.value.field == "twice_is_meant"
    assert put(world, made, head_count=44)
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": world.administrator, "ref": made.ref, "at": AT}
        assert put_answers(**told, answers={"audience": "teachers"}, twice_is_meant=True)
        assert put_answers(**told, answers={"audience": "teachers", "head_count": 40})


def test_answers_that_stand_already_leave_no_trace(world: World) -> None:
    made = ask(world, head_count=40)
    assert not put(world, made, head_count=40, languages=("en",))
    with in_district(world.district.pk):
        assert not AnswerChange.objects.exists()


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"head_count": 0}, "head_count", "from 1 to 1500"),
        ({"languages": ()}, "languages", "at least one answer"),
        ({"audience": "everyone"}, "audience", "one of the answers"),
        ({"room": ""}, "room", "name the room"),
        ({"minutes": 45}, "minutes", "one of the answers"),
        ({"mode": "online", "minutes": 120, "room": ""}, "", ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_question_as_when_it_is_asked(
    world: World, answers: dict[str, Any], field: str, says: str
) -> None:
    made = ask(world)
    if not field:
        assert put(world, made, **answers)
        return
    with pytest.raises(Invalid, match=says) as refused:
        put(world, made, **answers)
    assert refused.value.field == field


def test_a_session_longer_than_a_wished_day_is_refused_until_other_days_are_wished(world: World) -> None:
    made = ask(world, windows=(Window(DAY, dt.time(14), dt.time(15)),))
    with pytest.raises(Invalid, match="does not fit on") as refused:
        put(world, made, minutes=90)
    assert refused.value.field == "minutes"


def test_what_a_session_is_made_of_is_put_right_by_taking_it_back(world: World) -> None:
    made = make_evening(world)
    with in_district(world.district.pk):
        made.refresh_from_db()
        answers = answers_for(actor=world.coordinator, request=made, of_district=True)
        assert set(answers.held) == set(SESSION_HOLDS)
        assert open_questions(made, of_district=False) == ()
    for held in ({"minutes": 90}, {"room": "Gym"}, {"audience": "foster", "head_count": 90}):
        with pytest.raises(WrongState, match="belongs to it"):
            put(world, made, **held)
    assert put(world, made, head_count=400, interpreter=["asl"])
    with pytest.raises(WrongState, match="Confirmed"):
        put(world, made, actor=world.administrator, head_count=90)
    with in_district(world.district.pk):
        release_session(actor=world.coordinator, request_ref=made.ref, at=AT)
    assert put(world, made, room="Gym", audience="foster")


def test_only_the_district_corrects_what_is_under_way_and_nobody_what_has_ended(world: World) -> None:
    made = consult(world)
    with in_district(world.district.pk):
        start_request(actor=world.coordinator, ref=made.ref, at=AT)
    with pytest.raises(WrongState, match="Under way"):
        put(world, made, actor=world.administrator, call_times=["early"])
    assert put(world, made, call_times=["early"])
    with in_district(world.district.pk):
        Request.objects.filter(pk=made.pk).update(state="delivered")
    with pytest.raises(WrongState):
        put(world, made, call_times=["late"])


def test_it_is_nobodys_elses(world: World) -> None:
    made = ask(world)
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    for actor in (stranger, world.consultant):
        with pytest.raises(NotFound):
            put(world, made, actor=actor, head_count=90)


def test_the_number_to_call_is_shown_to_two_and_never_kept_beside_the_request(world: World) -> None:
    made = consult(world, contact_phone="(555) 555-0142")
    keys = {}
    with in_district(world.district.pk):
        Request.objects.filter(pk=made.pk).update(owner=None)
        made.refresh_from_db()
        for actor in (world.administrator, world.coordinator):
            answers = answers_for(actor=actor, request=made, of_district=actor is world.coordinator)
            keys[actor] = "contact_phone" in dict(answers.stands)
    assert keys == {world.administrator: True, world.coordinator: False}
    assert put(world, made, actor=world.administrator, contact_phone="(555) 555-0199")
    with in_district(world.district.pk):
        change = AnswerChange.objects.get()
        assert (change.before, change.after) == ({"contact_phone": ""}, {"contact_phone": ""})
        assert change_words(made.kind, change.before, change.after) == [("Which number shall we call?", "", "")]


def test_a_visitor_corrects_by_the_key_while_it_waits_and_keeps_a_number(world: World) -> None:
    made = consult(world, contact_phone="(555) 555-0142")
    with in_district(world.district.pk):
        Request.objects.filter(pk=made.pk).update(requested_by=None, contact_email="a@example.org")
        told: dict[str, Any] = {"actor": visitor(world.district.pk), "ref": made.ref, "at": AT}
        told["key"] = page_key(made.ref)
        with pytest.raises(NotFound):
            put_answers(**{**told, "key": "wrong"}, answers={"call_times": ["early"]})
        with pytest.raises(Invalid, match="the number we shall call"):
            put_answers(**told, answers={"contact_phone": ""})
        assert put_answers(**told, answers={"call_times": ["early"]})
        assert Request.objects.get(pk=made.pk).answers["call_times"] == ["early"]


def test_the_later_of_two_is_told_what_stands(world: World) -> None:
    made = ask(world, head_count=40)
    with in_district(world.district.pk):
        answers = answers_for(actor=world.administrator, request=made, of_district=False)
    seen = seal_of(answers.stands)
    whole = dict(answers.stands)
    put(world, made, head_count=60)
    told: dict[str, Any] = {"actor": world.administrator, "ref": made.ref, "at": AT, "seen": seen}
    with in_district(world.district.pk), pytest.raises(Outdated) as refused:
        put_answers(**told, answers={**whole, "head_count": 90})
    assert dict(refused.value.shown)["head_count"] == 60  # type: ignore[call-overload]


def test_a_list_that_is_undone_leaves_what_was_completed(world: World) -> None:
    made, other = former(world, "evening"), former(world, "event")
    put(world, made, head_count=80)
    with in_district(world.district.pk):
        assert let_go_of_requests(actor=world.coordinator, refs=[made.ref, other.ref], at=AT) == 1
        assert set(Request.objects.filter(state="waiting")) == {made}
