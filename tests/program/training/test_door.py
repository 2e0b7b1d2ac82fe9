"""The front door: kinds of request, owners and days by which to act, other days, links for visitors."""

import datetime as dt
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings

from tests.factories import make_actor, make_region
from tests.factories.training import DAY, KNOWN, World, ask, wish
from tests.moments import AT
from upstander.district.access.policies import ROLE_OF_POST, ROLES
from upstander.district.people.services import put_on_leave
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor, job, visitor
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import Recipient
from upstander.program.compliance.models import Completion
from upstander.program.training.content.kinds import kind_of, read_kinds, shipped_kinds
from upstander.program.training.content.words import answers_of, state_word
from upstander.program.training.disposal import forget_visitors
from upstander.program.training.models import Request, Session, UnprovenRequest
from upstander.program.training.policies import page_key, school_days_later
from upstander.program.training.selectors.owners import owners_for
from upstander.program.training.selectors.queue import NOBODY, Sought, queue_for, to_escalate
from upstander.program.training.selectors.requests import request_by_key
from upstander.program.training.services import queue, visitors
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.requests import (
    Window,
    Wish,
    change_days,
    decline_request,
    request_training,
    withdraw_request,
)
from upstander.program.training.services.sessions import (
    Slot,
    assign_member,
    close_session,
    confirm_session,
    open_session,
    release_session,
)

LATER = DAY + dt.timedelta(days=7)
OTHER_DAYS = (Window(LATER, dt.time(9), dt.time(12)),)


@pytest.fixture
def lead(world: World) -> Actor:
    return make_actor(world.district, "region_lead", region=world.region)


NUMBER = "(555) 555-0142"


def call(world: World, **more: Any) -> Wish:
    """A consultation."""
    answers = {"topics": ["reporting"], "call_times": ["early"]}
    told: dict[str, Any] = {"answers": answers, "contact_phone": NUMBER, **more}
    return Wish(world.site.ref, "leaders", languages=("en",), kind="consultation", **told)


def call_of(world: World, **more: Any) -> Request:
    with in_district(world.district.pk):
        return request_training(actor=world.administrator, wish=call(world, **more), at=AT)


def confirmed(world: World, **more: Any) -> tuple[Request, Session]:
    made = ask(world, **more)
    with in_district(world.district.pk):
        slot = Slot(made.windows.get().ref, dt.time(14))
        told: dict[str, Any] = {"actor": world.coordinator, "request_ref": made.ref, "at": AT}
        session = assign_member(member_ref=world.near.ref, slot=slot, **told)
        confirm_session(**told)
    return made, session


def test_every_kind_reads_in_both_languages_and_knows_how_to_decline() -> None:
    kinds = shipped_kinds()
    assert list(kinds) == ["training", "consultation", "evening", "presentation", "materials", "event"]
    for kind in kinds.values():
        assert set(kind.declines) <= set(Request.Decline.values)
        texts = [kind.title, kind.lead, kind.noun, *(question.ask for question in kind.questions)]
        assert all(text.en and text.es for text in texts)


def test_no_question_takes_a_text_or_is_about_a_child() -> None:
    types = {question.type for kind in shipped_kinds().values() for question in kind.questions}
    assert types == {"one", "many", "number", "tick", "room", "phone"}


def test_a_broken_kind_is_refused_with_its_line(tmp_path: Any) -> None:
    for folder in ("languages", "schemas"):
        copytree(settings.CONTENT / folder, tmp_path / folder)
    (tmp_path / "requests").mkdir()
    text = (settings.CONTENT / "requests/evening.yaml").read_text()
    (tmp_path / "requests/soiree.yaml").write_text(text.replace("key: minutes", "key: languages"))
    with pytest.raises(ContentRefused) as refused:
        read_kinds(tmp_path)
    said = str(refused.value)
    assert "soiree.yaml" in said and "asked twice" in said and "a session needs" in said


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answers": {"topics": [], "call_times": ["early"]}}, "topics"),
        ({"answers": {"topics": ["reporting"], "call_times": ["at night"]}}, "call_times"),
        ({"audience": "parrots"}, "audience"),
        ({"windows": OTHER_DAYS}, "windows"),
    ],
)
def test_an_answer_outside_the_lists_is_refused_at_its_field(world: World, change: dict[str, Any], field: str) -> None:
    values: dict[str, Any] = {
        "site_ref": world.site.ref,
        "audience": "leaders",
        "languages": ("en",),
        "kind": "consultation",
    }
    values |= {"answers": {"topics": ["reporting"], "call_times": ["early"]}, **change}
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        request_training(actor=world.administrator, wish=Wish(**values), at=AT)
    assert refused.value.field == field


def test_an_answer_to_a_question_nobody_asked_is_not_kept(world: World) -> None:
    answers = {"topics": ["reporting"], "call_times": ["early"], "story": "once upon a time"}
    made = call_of(world, answers=answers, head_count=7, room="Library")
    assert made.answers == {"topics": ["reporting"], "call_times": ["early"]}
    assert (made.head_count, made.room, made.minutes) == (0, "", 0)
    assert answers_of(made)[1] == ("What is it about?", "How reporting works")


def test_a_call_is_begun_and_done_and_its_requester_told(world: World) -> None:
    made = call_of(world)
    told: dict[str, Any] = {"actor": world.coordinator, "ref": made.ref, "at": AT}
    with in_district(world.district.pk):
        queue.start_request(**told)
        queue.put_back(**told)
        queue.start_request(**told)
        assert Request.objects.get().owner_id == world.coordinator.account_id
        queue.finish_request(**told)
        found = Request.objects.get()
        assert (found.state, found.due_on, state_word(found.kind, found.state)) == ("delivered", None, "Called back")
        assert Notice.objects.filter(kind="training_finished").count() == 1
        with pytest.raises(WrongState, match="Held"):
            withdraw_request(actor=world.administrator, ref=made.ref, at=AT)


def test_each_kind_goes_its_own_way_only(world: World) -> None:
    made, other = call_of(world), ask(world)
    with in_district(world.district.pk):
        with pytest.raises(WrongState):
            assign_member(
                actor=world.coordinator,
                request_ref=made.ref,
                member_ref=world.near.ref,
                slot=Slot("0" * 12, dt.time(14)),
                at=AT,
            )
        with pytest.raises(WrongState):
            queue.finish_request(actor=world.coordinator, ref=other.ref, at=AT)
        with pytest.raises(Invalid):  # a reason of another kind
            decline_request(actor=world.coordinator, ref=made.ref, reason="no_stock", at=AT)


def test_an_evening_is_held_and_credits_nobody(world: World) -> None:
    answers = {"invitation": "both", "care": True, "interpreter": ["es"]}
    made, session = confirmed(world, kind="evening", audience="caregivers", answers=answers)
    with in_district(world.district.pk):
        told: dict[str, Any] = {"actor": world.consultant, "at": session.starts_at}
        open_session(ref=session.ref, **told)
        tick(session_ref=session.ref, person_ref=world.staff[0].ref, present=True, **told)
        assert close_session(ref=session.ref, actor=world.consultant, tally=KNOWN, at=session.ends_at) == 1
        assert not Completion.objects.exists()
        assert Request.objects.get(pk=made.pk).state == "delivered"


def test_the_regions_lead_owns_it_else_a_coordinator(world: World, lead: Actor) -> None:
    assert ask(world).owner_id == lead.account_id
    assert ask(world).due_on == dt.date(2026, 11, 23)  # five school days


def test_without_a_lead_a_coordinator_owns_it(world: World) -> None:
    assert ask(world).owner_id == world.coordinator.account_id


def test_who_is_away_gets_nothing_new_while_somebody_else_stands(world: World, lead: Actor) -> None:
    deputy = make_actor(world.district, "region_deputy", region=world.region)
    make_actor(world.district, "region_deputy", region=make_region(world.district, "East"))
    owners = []
    for away in (lead, deputy, world.coordinator):
        leave = (away.person_id or 0, AT.date(), AT.date() + dt.timedelta(days=3))
        with in_district(world.district.pk):
            put_on_leave(actor=lend(world.coordinator, "people.amend"), leaves=[leave], at=AT)
        owners.append(call_of(world, twice_is_meant=True).owner_id)
    # The deputy, then a coordinator; where nobody stands it is the lead's all the same.
    assert owners == [deputy.account_id, world.coordinator.account_id, lead.account_id]


def test_every_kind_is_taken_by_posts_that_may_act_on_it_and_at_last_by_a_coordinator() -> None:
    for kind in shipped_kinds().values():
        assert kind.takers[-1] == "coordinator"
        assert all("training.coordinate" in ROLES[ROLE_OF_POST[post]] for post in kind.takers)


def test_handing_over_tells_the_other_and_only_who_coordinates_there(world: World, lead: Actor) -> None:
    made = ask(world)
    stranger = make_actor(world.district, "region_lead", region=make_region(world.district, "East"))
    told: dict[str, Any] = {"actor": lead, "ref": made.ref, "at": AT}
    with in_district(world.district.pk):
        assert [each.ref for each in owners_for(actor=lead, request=made, at=AT)] == [world.coordinator.name]
        with pytest.raises(Invalid, match="does not coordinate"):
            queue.hand_over(owner_ref=world.administrator.name, **told)
        with pytest.raises(NotFound):
            queue.hand_over(actor=stranger, ref=made.ref, owner_ref=lead.name, at=AT)
        queue.hand_over(owner_ref=world.coordinator.name, **told)
        assert Notice.objects.filter(kind="training_yours").count() == 1
        mine = queue_for(actor=lead, at=AT, sought=Sought(owner=world.coordinator.name))
        assert [line.request for line in mine] == [made]
        assert queue_for(actor=lead, at=AT, sought=Sought(owner=NOBODY)) == []


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        (Sought(kind="training"), 1),
        (Sought(kind="event"), 0),
        (Sought(age="late"), 1),
        (Sought(age="time"), 1),
        (Sought(site="cedar"), 2),
        (Sought(site="pine"), 0),
        (Sought(region="0" * 12), 0),
    ],
)
def test_the_queue_is_narrowed(world: World, sought: Sought, count: int) -> None:
    ask(world, at=AT - dt.timedelta(days=30))
    call_of(world)
    with in_district(world.district.pk):
        assert len(queue_for(actor=world.coordinator, at=AT, sought=sought)) == count


def test_what_waits_too_long_is_told_upward_once_for_each_level(world: World, lead: Actor) -> None:
    made = ask(world, at=AT - dt.timedelta(days=11))  # due on the 12th
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        assert Request.objects.get().due_on == dt.date(2026, 11, 12)
        assert to_escalate(actor=actor, at=AT) == [(made.ref, 1)]
        assert [queue.escalate_late(actor=actor, at=AT) for _ in range(2)] == [1, 0]
        later = AT + dt.timedelta(days=3)  # five school days after the 12th
        assert to_escalate(actor=actor, at=later) == [(made.ref, 2)]
        assert queue.escalate_late(actor=actor, at=later) == 1
        assert (
            Notice.objects.filter(kind="training_overdue").count() == 3
        )  # lead; then coordinator, and the owner again
        assert AuditEvent.objects.filter(event="training.escalated").count() == 2


def test_what_is_late_again_after_it_was_acted_on_is_told_again(world: World, lead: Actor) -> None:
    made = ask(world, at=AT - dt.timedelta(days=11))
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        assert queue.escalate_late(actor=actor, at=AT) == 1
        Request.objects.filter(ref=made.ref).update(due_on=AT.date(), escalated=0)  # handed on and back meanwhile
        assert queue.escalate_late(actor=actor, at=AT + dt.timedelta(days=1)) == 1
        assert Notice.objects.filter(kind="training_overdue").count() == 2


def test_acting_begins_a_new_span(world: World, lead: Actor) -> None:
    made = ask(world, at=AT - dt.timedelta(days=30))
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        slot = Slot(made.windows.get().ref, dt.time(14))
        assign_member(actor=lead, request_ref=made.ref, member_ref=world.near.ref, slot=slot, at=AT)
        assert to_escalate(actor=actor, at=AT) == []
        assert queue.escalate_late(actor=actor, at=AT) == 0


def test_however_much_waits_each_person_is_told_in_one_mail(world: World, lead: Actor) -> None:
    for _ in range(12):
        ask(world, at=AT - dt.timedelta(days=11))
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        assert queue.escalate_late(actor=actor, at=AT) == 12
        told = Notice.objects.get(kind="training_overdue").facts
        assert (told["count"], len(told["lines"]), told["more"]) == (12, 10, 2)


def test_school_days_leave_out_weekends_and_holidays() -> None:
    friday = dt.date(2026, 11, 20)
    assert school_days_later(friday, 0, set()) == friday
    assert school_days_later(friday, 1, set()) == dt.date(2026, 11, 23)
    assert school_days_later(friday, 1, {dt.date(2026, 11, 23)}) == dt.date(2026, 11, 24)


def test_other_days_before_anything_is_planned_simply_take_their_place(world: World) -> None:
    made = ask(world)
    with in_district(world.district.pk):
        change_days(actor=world.administrator, ref=made.ref, windows=OTHER_DAYS, closed_day_is_meant=False, at=AT)
        assert [window.on for window in made.windows.all()] == [LATER]
        with pytest.raises(Invalid) as refused:
            change_days(actor=world.administrator, ref=made.ref, windows=(), closed_day_is_meant=False, at=AT)
        assert refused.value.field == "windows"


@pytest.mark.parametrize("is_kept", [True, False])
def test_other_days_for_a_confirmed_session_ask_and_never_take(world: World, is_kept: bool) -> None:
    made, session = confirmed(world)
    told: dict[str, Any] = {"actor": world.coordinator, "at": AT}
    with in_district(world.district.pk):
        change_days(actor=world.administrator, ref=made.ref, windows=OTHER_DAYS, closed_day_is_meant=False, at=AT)
        assert Session.objects.get(pk=session.pk).state == "confirmed"
        assert Request.objects.get().state == "moving"
        assert [line.request for line in queue_for(**told)] == [made]
        assert Notice.objects.filter(kind="training_days").count() == 1
        if is_kept:
            queue.keep_session(ref=made.ref, **told)
        else:
            release_session(request_ref=made.ref, **told)
        assert Request.objects.get().state == ("confirmed" if is_kept else "waiting")
        assert Session.objects.get(pk=session.pk).state == ("confirmed" if is_kept else "cancelled")


def test_the_same_once_more_is_pointed_out_and_never_barred(world: World) -> None:
    ask(world)
    with in_district(world.district.pk):
        with pytest.raises(Invalid) as refused:
            request_training(actor=world.administrator, wish=wish(world.site, twice_is_meant=False), at=AT)
        assert refused.value.field == "twice_is_meant"
        other = wish(world.site, twice_is_meant=False, audience="teachers")
        request_training(actor=world.administrator, wish=other, at=AT)
    ask(world, twice_is_meant=True)


def test_entering_it_for_somebody_keeps_both(world: World) -> None:
    told: dict[str, Any] = {"wish": call(world), "at": AT, "asked_for": Recipient("Ines@Example.org", "es")}
    with in_district(world.district.pk):
        with pytest.raises(NotFound):  # a site's administrator asks for themselves
            request_training(actor=world.administrator, **told)
        made = request_training(actor=world.coordinator, **told)
        assert (made.contact_email, made.entered_by_id) == ("ines@example.org", world.coordinator.account_id)
        notice = Notice.objects.get(kind="training_received")
        assert (notice.recipient, notice.language) == ("ines@example.org", "es")
        assert notice.facts["page"] == f"/ask/follow/{made.ref}/{page_key(made.ref)}/"


def unproven(world: World, **more: Any) -> UnprovenRequest:
    actor = visitor(world.district.pk)
    visitors.ask_by_mail(actor=actor, wish=call(world, **more), email="Ines@example.org", language="es", at=AT)
    return UnprovenRequest.objects.get()


def test_a_visitors_wish_is_a_request_once_the_link_is_followed(world: World) -> None:
    actor = visitor(world.district.pk)
    with in_district(world.district.pk):
        found = unproven(world)
        assert not Request.objects.exists()
        told: dict[str, Any] = {"actor": actor, "ref": found.ref, "key": page_key(found.ref)}
        with pytest.raises(NotFound):
            visitors.prove_request(**{**told, "key": page_key("other")}, at=AT)
        made = visitors.prove_request(**told, at=AT)
        assert (made.state, made.contact_email, made.contact_language) == ("waiting", "ines@example.org", "es")
        assert made.answers == {"topics": ["reporting"], "call_times": ["early"]}
        with pytest.raises(NotFound):
            visitors.prove_request(**told, at=AT)
        own: dict[str, Any] = {"actor": actor, "ref": made.ref, "key": page_key(made.ref)}
        assert request_by_key(**own) == made
        with pytest.raises(NotFound):
            request_by_key(**{**own, "key": "0" * 32})
        with pytest.raises(NotFound):
            visitors.withdraw_by_link(**{**own, "key": "é"}, at=AT)
        visitors.withdraw_by_link(**own, at=AT)
        assert Request.objects.get().state == "withdrawn"


def test_a_link_runs_out_and_leaves_nothing(world: World) -> None:
    actor, later = visitor(world.district.pk), AT + visitors.LINK_LIVES
    with in_district(world.district.pk):
        found = unproven(world)
        with pytest.raises(NotFound):
            visitors.prove_request(actor=actor, ref=found.ref, key=page_key(found.ref), at=later)
        assert [forget_visitors(actor=actor, at=later), forget_visitors(actor=actor, at=later)] == [1, 0]
        assert not UnprovenRequest.objects.exists()


def test_a_visitors_address_goes_half_a_year_after_the_end(world: World) -> None:
    actor, later = visitor(world.district.pk), AT + dt.timedelta(days=181)
    with in_district(world.district.pk):
        found = unproven(world)
        made = visitors.prove_request(actor=actor, ref=found.ref, key=page_key(found.ref), at=AT)
        assert forget_visitors(actor=actor, at=later) == 0
        decline_request(actor=world.coordinator, ref=made.ref, reason="twice", at=AT)
        assert forget_visitors(actor=actor, at=later) == 1
        assert Request.objects.get().contact_email == ""


def test_what_is_not_open_to_everyone_is_not_there(world: World) -> None:
    assert not kind_of("training").is_public
    with in_district(world.district.pk), pytest.raises(NotFound):
        visitors.ask_by_mail(
            actor=visitor(world.district.pk), wish=wish(world.site), email="a@example.org", language="en", at=AT
        )


def test_nobodys_mailbox_is_filled_by_strangers(world: World) -> None:
    told: dict[str, Any] = {
        "actor": visitor(world.district.pk),
        "wish": call(world),
        "email": "many@example.org",
        "language": "en",
    }
    with in_district(world.district.pk):
        for _ in range(visitors.MAILS_A_DAY):
            visitors.ask_by_mail(**told, at=AT)
        with pytest.raises(Invalid, match="Several links"):
            visitors.ask_by_mail(**told, at=AT)
        assert UnprovenRequest.objects.count() == visitors.MAILS_A_DAY


@pytest.mark.parametrize("number", ["ask for Ines", "555", "12 34", "(555) 555-0142 after two, she said"])
def test_a_number_to_call_is_a_number(world: World, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        call_of(world, contact_phone=number)
    assert refused.value.field == "contact_phone"


def test_a_visitor_leaves_a_number_that_goes_with_the_address(world: World) -> None:
    actor = visitor(world.district.pk)
    with in_district(world.district.pk):
        with pytest.raises(Invalid) as refused:
            unproven(world, contact_phone="")
        assert refused.value.field == "contact_phone"
        found = unproven(world)
        made = visitors.prove_request(actor=actor, ref=found.ref, key=page_key(found.ref), at=AT)
        assert made.contact_phone == NUMBER
        assert NUMBER not in str(answers_of(made))
        visitors.withdraw_by_link(actor=actor, ref=made.ref, key=page_key(made.ref), at=AT)
        clerk = job("training.look_after", world.district.pk, frozenset())
        forget_visitors(actor=clerk, at=AT + dt.timedelta(days=181))
        made.refresh_from_db()
        assert (made.contact_email, made.contact_phone) == ("", "")
