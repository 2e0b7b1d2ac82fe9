"""What follows a release: whom a planned day waits for, until when, and that nobody is chased for another's answer."""

import datetime as dt

import pytest

from tests.factories import make_actor, make_site
from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.content.words import next_step
from upstander.program.training.models import Assignment, Plan, PlanEntry, Request, Session, SessionGuest
from upstander.program.training.policies import answer_day
from upstander.program.training.selectors.proposals import (
    answer_token,
    may_reopen,
    proposal_by_token,
    token_of,
    unanswered,
)
from upstander.program.training.selectors.queue import queue_counts, to_escalate
from upstander.program.training.services.members import Apart, hold_fact
from upstander.program.training.services.plan_answers import answer_by_link, answer_followed, answer_for_site
from upstander.program.training.services.plan_asking import ask_again, remind_sites
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plan_reopening import KEPT, reopen_followed

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 11, 30)  # ten school days after the 16th
AFTER = dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def released(world: World) -> Plan:
    plan = draft_plan(world, first_on=LAST + dt.timedelta(days=1))
    release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
    return plan


def entry_of(world: World, plan: Plan) -> PlanEntry:
    """Of the one site whose administrator can be mailed."""
    return PlanEntry.objects.select_related("session", "request", "site").get(plan=plan, site=world.site)


def test_a_request_waits_for_the_site_that_was_asked_and_for_the_district_where_nobody_could_be(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        waits = {each.site.name: (each.waits_for, each.due_on) for each in Request.objects.select_related("site")}
        assert waits["Cedar High"] == ("site", LAST)
        assert {each for name, (each, _due) in waits.items() if name != "Cedar High"} == {""}
        assert next_step(entry_of(world, plan).request) == "The site was asked to answer by Nov. 30, 2026."
        counts = queue_counts(actor=world.coordinator, at=AT)
        assert (counts.planned, counts.asked) == (3, 1)


def test_nobody_is_told_upward_before_the_link_has_ended(world: World) -> None:
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        ref = entry_of(world, released(world)).request.ref

        def told_of(day: dt.date) -> bool:
            at = dt.datetime.combine(day, dt.time(20), tzinfo=dt.UTC)
            return ref in dict(to_escalate(actor=actor, at=at))

        assert [told_of(LAST + dt.timedelta(days=days)) for days in (0, 1)] == [False, True]


def test_the_link_holds_to_the_end_of_its_day(world: World) -> None:
    with in_district(world.district.pk):
        entry = entry_of(world, released(world))
        token = answer_token(entry.session.ref)
        on_the_day = dt.datetime.combine(LAST, dt.time(23), tzinfo=dt.UTC)
        assert proposal_by_token(actor=world.coordinator, token=token, at=on_the_day) == entry
        with pytest.raises(NotFound):
            proposal_by_token(actor=world.coordinator, token=token, at=AFTER)
        with pytest.raises(NotFound):
            proposal_by_token(actor=world.coordinator, token=answer_token(entry.session.ref, count=2), at=AT)


def test_in_summer_the_days_are_counted_from_the_first_one_of_the_year(world: World) -> None:
    july = dt.datetime(2026, 7, 6, 18, tzinfo=dt.UTC)
    with in_district(world.district.pk):
        assert answer_day(world.coordinator, dt.date(2026, 8, 17), july) == dt.date(2026, 8, 31)


def test_once_answered_it_waits_for_nobody(world: World) -> None:
    with in_district(world.district.pk):
        entry = entry_of(world, released(world))
        answer_by_link(actor=world.coordinator, token=answer_token(entry.session.ref), is_accepted=True, at=AT)
        found = Request.objects.get(plan_entries=entry)
        assert (found.state, found.waits_for) == ("confirmed", "")


def test_the_next_plan_keeps_what_a_site_was_asked(world: World) -> None:
    with in_district(world.district.pk):
        first = released(world)
        before = entry_of(world, first)
        for other in PlanEntry.objects.filter(plan=first).exclude(pk=before.pk):
            answer_for_site(actor=world.coordinator, ref=other.ref, is_accepted=True, at=AT)
        after = entry_of(world, released(world))
        assert (after.session, after.answer_by, after.asked_count) == (before.session, LAST, 1)
        token = answer_token(before.session.ref)
        assert proposal_by_token(actor=world.coordinator, token=token, at=AT) == after
        assert Notice.objects.filter(kind="plan_asked").count() == 1


def test_asked_again_once_a_day_the_new_link_alone_holds_and_the_days_begin_anew(world: World) -> None:
    next_day = AT + dt.timedelta(days=1)
    with in_district(world.district.pk):
        plan = released(world)
        token = answer_token(entry_of(world, plan).session.ref)
        with pytest.raises(WrongState, match="asked today already"):
            ask_again(actor=world.coordinator, plan_ref=plan.ref, at=AT)
        assert ask_again(actor=world.coordinator, plan_ref=plan.ref, at=next_day) == 1
        entry = entry_of(world, plan)
        assert (entry.asked_count, entry.answer_by) == (2, LAST + dt.timedelta(days=1))
        assert entry.request.due_on == entry.answer_by
        with pytest.raises(NotFound):
            answer_by_link(actor=world.coordinator, token=token, is_accepted=True, at=next_day)
        mail = Notice.objects.filter(kind="plan_asked").latest("id").facts
        assert mail["again"] == "asked"
        answer_by_link(actor=world.coordinator, token=mail["lines"][0]["token"], is_accepted=True, at=next_day)
        with pytest.raises(WrongState):
            ask_again(actor=world.coordinator, plan_ref=plan.ref, at=next_day + dt.timedelta(days=1))


def test_who_cannot_be_mailed_stays_in_the_list_and_is_not_asked(world: World) -> None:
    next_day = AT + dt.timedelta(days=1)
    with in_district(world.district.pk):
        plan = released(world)
        listed = list(unanswered(actor=world.coordinator, plan=plan, at=AT))
        assert {entry.site.name for entry in listed} == {"Cedar High", "Oak 0", "Oak 1", "Oak 2"}
        alone = next(entry for entry in listed if entry.site != world.site)
        with pytest.raises(WrongState):
            ask_again(actor=world.coordinator, plan_ref=plan.ref, entry_ref=alone.ref, at=next_day)
        alone.refresh_from_db()
        assert (alone.asked_count, alone.asked_on) == (1, None)


def test_one_reminder_goes_out_three_school_days_before_the_end(world: World) -> None:
    actor = job("training.look_after", world.district.pk, frozenset({"training.coordinate"}))
    with in_district(world.district.pk):
        plan = released(world)
        at = dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC)  # a Tuesday; the end is on the next Monday
        sent = [remind_sites(actor=actor, at=at + dt.timedelta(days=days)) for days in (0, 1, 1, 2)]
        assert sent == [0, 1, 0, 0]
        mail = Notice.objects.filter(kind="plan_asked").latest("id").facts
        assert mail["again"] == "reminded"
        token = mail["lines"][0]["token"]
        assert proposal_by_token(actor=world.coordinator, token=token, at=at) == entry_of(world, plan)


def declined(world: World, plan: Plan) -> PlanEntry:
    entry = entry_of(world, plan)
    answer_followed(actor=world.administrator, request_ref=entry.request.ref, is_accepted=False, at=AT)
    return entry_of(world, plan)


def test_who_follows_the_site_answers_without_the_mail(world: World) -> None:
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    with in_district(world.district.pk):
        entry = entry_of(world, released(world))
        with pytest.raises(NotFound):
            answer_followed(actor=stranger, request_ref=entry.request.ref, is_accepted=True, at=AT)
        answer_followed(actor=world.administrator, request_ref=entry.request.ref, is_accepted=True, at=AT)
        assert Request.objects.get(pk=entry.request.pk).state == "confirmed"


def test_a_decline_is_taken_back_and_the_day_waits_for_an_answer_again(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        before = declined(world, plan)
        assert may_reopen(actor=world.administrator, request=before.request, at=AT)
        reopen_followed(actor=world.administrator, request_ref=before.request.ref, at=AT)
        entry = entry_of(world, plan)
        assert (entry.answer, entry.session.state, entry.request.waits_for) == ("", "planned", "site")
        assert entry.request.requested_by == before.request.requested_by
        held = Assignment.objects.get(session=entry.session, released_at__isnull=True)
        assert (held.member, held.starts_at) == (entry.seats.get().member, before.session.starts_at)
        with pytest.raises(NotFound):
            reopen_followed(actor=world.administrator, request_ref=before.request.ref, at=AT)
        answer_by_link(actor=world.coordinator, token=token_of(entry), is_accepted=True, at=AT)
        assert entry_of(world, plan).session.state == "confirmed"


def test_a_decline_stays_once_the_consultant_is_elsewhere_or_the_day_was_planned_anew(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        entry = declined(world, plan)
        old = Assignment.objects.get(session=entry.session)
        kept = {name: getattr(old, name) for name in KEPT}
        elsewhere = Assignment.objects.create(
            session=Session.objects.exclude(pk=old.session_id)[0], **kept | {"role": "shadow"}
        )
        with pytest.raises(WrongState, match="no longer free"):
            reopen_followed(actor=world.administrator, request_ref=entry.request.ref, at=AT)
        elsewhere.delete()
        release_plan(actor=world.coordinator, ref=draft_plan(world, first_on=LAST + dt.timedelta(days=1)).ref, at=AT)
        with pytest.raises(NotFound):
            reopen_followed(actor=world.administrator, request_ref=entry.request.ref, at=AT)


def test_a_decline_stays_where_the_consultant_is_kept_from_the_site_since(world: World) -> None:
    with in_district(world.district.pk):
        entry = declined(world, released(world))
        held = {"member_ref": entry.seats.get().member.ref, "starts_on": AT.date(), "at": AT}
        hold_fact(actor=world.coordinator, what=Apart(world.site.ref, "tie"), **held)
        with pytest.raises(WrongState, match="no longer free"):
            reopen_followed(actor=world.administrator, request_ref=entry.request.ref, at=AT)


def test_a_decline_stays_once_the_coordinator_has_declined_the_request(world: World) -> None:
    with in_district(world.district.pk):
        entry = declined(world, released(world))
        Request.objects.filter(pk=entry.request.pk).update(state="declined")
        with pytest.raises(WrongState, match="planned anew"):
            reopen_followed(actor=world.administrator, request_ref=entry.request.ref, at=AT)


def test_declined_and_taken_back_twice_on_one_day_each_time_a_mail_brings_the_link_that_holds(world: World) -> None:
    with in_district(world.district.pk):
        plan = released(world)
        for _time in range(2):
            ref = declined(world, plan).request.ref
            reopen_followed(actor=world.administrator, request_ref=ref, at=AT)
        mails = [mail.facts["lines"][0]["token"] for mail in Notice.objects.filter(kind="plan_asked").order_by("id")]
        assert (len(mails), mails[-1]) == (3, token_of(entry_of(world, plan)))


def test_a_guest_that_agreed_waits_as_long_as_its_host_is_asked(world: World) -> None:
    with in_district(world.district.pk):
        entry = entry_of(world, released(world))
        guest = Request.objects.exclude(pk=entry.request.pk)[0]
        SessionGuest.objects.create(
            district_id=world.district.pk, session=entry.session, site=guest.site, request=guest, accepted_at=AT
        )
        Request.objects.filter(pk=guest.pk).update(waits_for="host", due_on=LAST, escalated=1)
        ask_again(actor=world.coordinator, plan_ref=entry.plan.ref, at=AT + dt.timedelta(days=1))
        guest.refresh_from_db()
        assert (guest.due_on, guest.escalated) == (LAST + dt.timedelta(days=1), 0)
