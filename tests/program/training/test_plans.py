"""A year plan: drafted from the requirements, changed by people within the rules, released, answered, made anew."""

import datetime as dt

import pytest

from tests.factories.plans import FIRST, FOUR, TWO, draft_plan, make_year_world
from tests.factories.training import World, ask
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Assignment, Plan, PlanEntry, PlanMove, Request, Session
from upstander.program.training.planning import answers
from upstander.program.training.selectors.proposals import answer_token
from upstander.program.training.services import _plan_mails
from upstander.program.training.services.plan_answers import answer_by_link, answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plan_taking_up import take_plan_up
from upstander.program.training.services.plan_undo import Standing, undo_change
from upstander.program.training.services.plans import Change, change_entry, mark_entry, set_plan_aside
from upstander.program.training.services.sessions import Slot, assign_member, confirm_session
from upstander.program.training.services.windows import Stretch, add_window

pytestmark = pytest.mark.django_db
TUESDAY = 1


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def entries(plan: Plan) -> list[PlanEntry]:
    return list(PlanEntry.objects.filter(plan=plan).select_related("site", "session").order_by("id"))


def test_every_site_that_must_be_trained_gets_a_day_though_none_asked(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        found = entries(plan)
        assert [entry.site.name for entry in found] == ["Cedar High", "Oak 0", "Oak 1", "Oak 2"]
        assert {entry.on.weekday() for entry in found if entry.on} == {TUESDAY}
        assert all(one.on >= FIRST and TWO <= one.starts <= one.ends <= FOUR for one in found)  # type: ignore[operator]
        assert [entry.seats.count() for entry in found] == [1, 1, 1, 1]
        assert answers.violations(answers.stored_problem(plan), answers.entries_of(plan)) == []
        assert (plan.number, plan.state) == (1, "draft")
        assert draft_plan(world).number == 2


def test_a_draft_is_the_same_every_time(world: World) -> None:
    with in_district(world.district.pk):
        plans = [answers.entries_of(draft_plan(world)) for _ in range(2)]
        told = [[(e.site_id, e.on, e.starts, answers.team_of(e)) for e in each] for each in plans]
        assert told[0] == told[1]


def test_a_wish_of_the_site_is_heard_and_its_own_request_is_used(world: World) -> None:
    asked = ask(world)  # a Wednesday, which no window offers
    with in_district(world.district.pk):
        plan = draft_plan(world, first_on=asked.windows.get().on)
        entry = entries(plan)[0]
        assert (entry.on, entry.room) == (asked.windows.get().on, "Library")
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        asked.refresh_from_db()
        assert asked.state == "planned"
        assert Request.objects.filter(site=world.site).count() == 1
        assert draft_plan(world, first_on=asked.windows.get().on).moved == []  # no window but the wish offers this day


def test_people_change_a_day_within_the_rules_and_hear_what_stands_in_the_way(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        first, second, *_ = entries(plan)
        free_day = max(entry.on for entry in entries(plan) if entry.on) + dt.timedelta(days=7)
        ref = Change(on=free_day, starts=TWO, members=(world.far.ref,))
        changed = change_entry(actor=world.coordinator, ref=first.ref, change=ref, at=AT)
        assert (changed.on, changed.is_pinned, changed.seats.get().member) == (free_day, True, world.far)
        for change, says in (
            (Change(on=free_day, starts=TWO, members=(world.far.ref,)), "another session"),
            (Change(on=free_day + dt.timedelta(days=1)), "outside the windows"),
            (Change(starts=dt.time(23, 30)), "on which it begins"),
        ):
            with pytest.raises(Invalid, match=says):
                change_entry(actor=world.coordinator, ref=second.ref, change=change, at=AT)
        second.refresh_from_db()
        assert not second.is_pinned
        steps = PlanMove.objects.filter(plan=plan).order_by("id").values_list("step", flat=True)
        assert list(steps) == ["drafted", "changed"]


def test_a_session_that_goes_on_at_this_moment_is_agreed_until_it_ends(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        session = Session.objects.order_by("starts_at")[0]
        on = session.on + dt.timedelta(days=1)
        for at, is_agreed in ((session.starts_at, True), (session.ends_at, False)):
            entry = PlanEntry.objects.get(plan=draft_plan(world, first_on=on, at=at), site=session.site)
            assert (entry.session == session) is is_agreed
            assert (entry.on == session.on) is is_agreed


def test_pins_and_left_out_sites_hold(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        first, second, *_ = entries(plan)
        mark_entry(actor=world.coordinator, ref=first.ref, step="pinned", at=AT)
        mark_entry(actor=world.coordinator, ref=second.ref, step="left_out", at=AT)
        problem = answers.problem_as_changed(answers.stored_problem(plan), answers.entries_of(plan))
        assert [fixed.sites[0] for fixed in problem.fixed if fixed.is_pinned] == [first.site.ref]
        assert second.site.ref not in {site.ref for site in problem.sites}
        with pytest.raises(NotFound):
            mark_entry(actor=world.coordinator, ref=first.ref, step="released", at=AT)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert not Session.objects.filter(site=second.site).exists()
        with pytest.raises(WrongState):
            mark_entry(actor=world.coordinator, ref=first.ref, step="unpinned", at=AT)


def test_a_release_asks_each_site_once_and_tells_each_consultant_once(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        outcome = release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert (len(outcome.proposed), outcome.moved) == (4, [])
        assert Session.objects.filter(state="planned").count() == Assignment.objects.count() == 4
        asked = Notice.objects.get(kind="plan_asked")  # the administrator of Cedar High; the others have none
        assert [line["site"] for line in asked.facts["lines"]] == ["Cedar High"]
        told = list(Notice.objects.filter(kind="plan_with_you"))
        assert sum(len(mail.facts["new"]) for mail in told) == 4
        assert len({mail.recipient for mail in told}) == len(told)
        with pytest.raises(WrongState):
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)


def test_a_consultant_reads_the_sessions_by_day_in_whatever_order_they_were_planned(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        begins = {entry.site.name: (entry.on, entry.starts) for entry in entries(plan)}
        last_first = sorted(entries(plan), key=lambda entry: begins[entry.site.name], reverse=True)
        _plan_mails.tell_consultants(world.coordinator, plan, last_first, [], AT)
        told = [mail.facts["new"] for mail in Notice.objects.filter(kind="plan_with_you")]
        read = [[begins[line["site"]] for line in lines] for lines in told]
        assert read == [sorted(each) for each in read] and max(map(len, read)) > 1


def test_accepted_by_the_link_everyone_gets_the_calendar_file(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        entry = entries(plan)[0]
        token = answer_token(entry.session.ref)
        answer_by_link(actor=world.coordinator, token=token, is_accepted=True, at=AT)
        entry.refresh_from_db()
        assert (entry.answer, Session.objects.get(pk=entry.session_id or 0).state) == ("accepted", "confirmed")
        assert Notice.objects.filter(kind="training_confirmed").count() == 2
        with pytest.raises(WrongState, match="answered already"):
            answer_by_link(actor=world.coordinator, token=token, is_accepted=False, at=AT)
        for wrong in ("", token[:-1], answer_token("NOSUCHREF000")):
            with pytest.raises(NotFound):
                answer_by_link(actor=world.coordinator, token=wrong, is_accepted=True, at=AT)


def test_a_declined_day_is_out_and_the_next_plan_moves_nothing_else(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        declined, *others = entries(plan)
        for other in others:
            answer_for_site(actor=world.coordinator, ref=other.ref, is_accepted=True, at=AT)
        answer_for_site(actor=world.coordinator, ref=declined.ref, is_accepted=False, at=AT)
        assert Request.objects.get(plan_entries=declined).state == "withdrawn"
        assert Notice.objects.filter(kind="plan_with_you").count() > 1
        again = draft_plan(world)
        found = {entry.site_id: entry for entry in entries(again)}
        assert found[declined.site_id].on not in {None, declined.on}
        assert [found[each.site_id].on for each in others] == [each.on for each in others]
        assert again.moved == []
        Notice.objects.filter(kind="plan_with_you").delete()
        outcome = release_plan(actor=world.coordinator, ref=again.ref, at=AT)
        assert [entry.site_id for entry in outcome.proposed] == [declined.site_id]
        plan.refresh_from_db()
        assert plan.state == "superseded"
        assert PlanMove.objects.filter(plan=plan).latest("id").step == "superseded"
        assert [entry.answer for entry in entries(again)].count("accepted") == 3
        assert sum(len(mail.facts["new"]) for mail in Notice.objects.filter(kind="plan_with_you")) == 1


def test_what_comes_before_the_first_day_of_the_next_plan_is_not_moved(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        for entry in entries(plan):
            answer_for_site(actor=world.coordinator, ref=entry.ref, is_accepted=True, at=AT)
        days = sorted(entry.on for entry in entries(plan) if entry.on)
        again = draft_plan(world, first_on=days[-1] + dt.timedelta(days=1))
        assert sorted(entry.on for entry in entries(again) if entry.on) == days
        assert again.moved == []


def test_what_people_arranged_themselves_stays_where_it_is(world: World) -> None:
    request = ask(world)
    with in_district(world.district.pk):
        slot = Slot(request.windows.get().ref, TWO)
        who = world.near.ref
        session = assign_member(actor=world.coordinator, request_ref=request.ref, member_ref=who, slot=slot, at=AT)
        confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)
        plan = draft_plan(world)
        entry = entries(plan)[0]
        assert (entry.on, entry.starts, entry.session_id) == (session.on, session.starts, session.pk)
        outcome = release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        assert entry.site_id not in {each.site_id for each in outcome.proposed}
        with pytest.raises(WrongState):
            mark_entry(actor=world.coordinator, ref=entry.ref, step="left_out", at=AT)


def test_a_plan_that_no_longer_fits_is_not_released(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        for member in (world.near, world.far):
            member.weekly.all().delete()
        with pytest.raises(Invalid, match=r"no longer fits.*does not work at that time"):
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        plan.refresh_from_db()
        assert plan.state == "draft"
        assert not Session.objects.exists()


def test_a_site_without_hours_says_so_with_what_would_help(world: World) -> None:
    with in_district(world.district.pk):
        own = Stretch("all_staff", 5, dt.time(6), dt.time(6, 30), site_ref=world.site.ref)  # too short for an hour
        add_window(actor=world.coordinator, stretch=own, at=AT)
        entry = entries(draft_plan(world))[0]
        assert entry.on is None
        assert [each["rule"] for each in entry.lacking["reasons"]] == ["window"]
        assert entry.lacking["relaxation"]["steps"][0]["rule"] == "window"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"level": "bus_yard"}, "is_paid_time"),
        ({"level": ""}, "level"),
        ({"ends": dt.time(13)}, "ends"),
        ({"most_per_year": 0}, "most_per_year"),
        ({"starts_on": FIRST, "until": FIRST - dt.timedelta(days=1)}, "until"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_field(world: World, change: dict[str, object], field: str) -> None:
    values = {"audience": "all_staff", "weekday": 1, "starts": TWO, "ends": FOUR, "level": "secondary", **change}
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        add_window(actor=world.coordinator, stretch=Stretch(**values), at=AT)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_draft_can_be_set_aside(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        set_plan_aside(actor=world.coordinator, ref=plan.ref, at=AT)
        plan.refresh_from_db()
        assert plan.state == "aside"


def test_a_change_is_taken_back_as_it_was_and_free_for_the_planner_again(world: World) -> None:
    with in_district(world.district.pk):
        entry = entries(draft_plan(world))[0]
        before = Standing.of(entry)
        assert before is not None and not before.is_pinned
        change = Change(on=before.on + dt.timedelta(days=14), members=(world.far.ref,))
        after = Standing.of(change_entry(actor=world.coordinator, ref=entry.ref, change=change, at=AT))
        assert after == Standing(before.on + dt.timedelta(days=14), before.starts, (world.far.ref,), True)
        back = undo_change(actor=world.coordinator, ref=entry.ref, before=before, after=after, at=AT)
        assert Standing.of(back) == before
        with pytest.raises(WrongState, match="changed again since"):
            undo_change(actor=world.coordinator, ref=entry.ref, before=before, after=after, at=AT)


def test_a_change_is_not_taken_back_where_another_session_stands_by_now(world: World) -> None:
    with in_district(world.district.pk):
        first, second, *_ = found = entries(draft_plan(world))
        last = max(entry.on for entry in found if entry.on)
        here, there, away = (last + dt.timedelta(weeks=weeks) for weeks in (1, 2, 3))
        for each, on in ((first, here), (second, there)):
            change_entry(actor=world.coordinator, ref=each.ref, change=Change(on, TWO, (world.near.ref,)), at=AT)
        before = Standing.of(PlanEntry.objects.get(pk=first.pk))
        after = Standing.of(change_entry(actor=world.coordinator, ref=first.ref, change=Change(on=away), at=AT))
        assert before is not None and after is not None
        change_entry(actor=world.coordinator, ref=second.ref, change=Change(on=here), at=AT)
        with pytest.raises(Invalid, match="another session"):
            undo_change(actor=world.coordinator, ref=first.ref, before=before, after=after, at=AT)
        assert Standing.of(PlanEntry.objects.get(pk=first.pk)) == after


def test_what_was_set_aside_is_taken_up_again_with_its_pins_but_not_what_was_replaced(world: World) -> None:
    with in_district(world.district.pk):
        plan = draft_plan(world)
        mark_entry(actor=world.coordinator, ref=entries(plan)[0].ref, step="pinned", at=AT)
        set_plan_aside(actor=world.coordinator, ref=plan.ref, at=AT)
        take_plan_up(actor=world.coordinator, ref=plan.ref, at=AT)
        plan.refresh_from_db()
        assert (plan.state, [entry.is_pinned for entry in entries(plan)].count(True)) == ("draft", 1)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        release_plan(actor=world.coordinator, ref=draft_plan(world).ref, at=AT)
        with pytest.raises(WrongState, match="no longer possible"):
            take_plan_up(actor=world.coordinator, ref=plan.ref, at=AT)
