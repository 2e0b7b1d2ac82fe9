"""Plans at the same moment: whoever comes second works on what the first has done."""

import datetime as dt
from functools import partial

from tests.factories import make_site
from tests.factories.plans import FOUR, TWO, draft_plan, make_year_world
from tests.factories.training import ask
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Assignment, Plan, Session
from upstander.program.training.services.plan_answers import ANSWERED, answer_followed, answer_for_sites
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plan_reopening import reopen_followed
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import Slot, assign_member


def test_two_releases_at_once_give_each_site_one_session(cloned_database: str) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        refs = [draft_plan(world).ref for _ in range(2)]

    def release(ref: str, wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release_plan(actor=world.coordinator, ref=ref, at=AT)

    outcomes = at_once(*(partial(release, ref) for ref in refs))
    with in_district(world.district.pk):
        assert outcomes[0] == DONE
        assert Plan.objects.filter(state="released").count() == 1
        live = Session.objects.exclude(state="cancelled")
        assert live.count() == live.values("site").distinct().count() == 4
        assert Assignment.objects.filter(released_at__isnull=True).count() == 4


def test_of_a_release_and_an_assignment_by_hand_one_has_the_consultant(cloned_database: str) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        plan = draft_plan(world)
        entry = plan.entries.exclude(on=None).select_related("site").first()
        assert entry and entry.on and entry.starts
        member = entry.seats.get(role="lead").member.ref
    wished = ask(world, site=make_site(world.district), windows=(Window(entry.on, TWO, FOUR),))
    with in_district(world.district.pk):
        at_that_hour = Slot(wished.windows.get().ref, entry.starts)

    def release(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release_plan(actor=world.coordinator, ref=plan.ref, at=AT)

    def by_hand(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            assign_member(actor=world.coordinator, request_ref=wished.ref, member_ref=member, slot=at_that_hour, at=AT)

    done, told = at_once(release, by_hand)
    assert done == DONE
    assert any(
        words in told for words in ("no longer free", "is not free", "no longer fits", "another session a moment ago")
    )
    with in_district(world.district.pk):
        held = Assignment.objects.filter(released_at__isnull=True, member__ref=member, session__on=entry.on)
        assert held.count() == 1


def test_of_a_release_and_a_decline_taken_back_the_site_gets_one_session(cloned_database: str) -> None:
    """The site declined, a draft plans it anew on another day; it is released while the site takes the decline back."""
    world = make_year_world()
    with in_district(world.district.pk):
        first = draft_plan(world, first_on=AT.date() + dt.timedelta(days=15))
        release_plan(actor=world.coordinator, ref=first.ref, at=AT)
        ref = first.entries.get(site=world.site).request.ref
        answer_followed(actor=world.administrator, request_ref=ref, is_accepted=False, at=AT)
        second = draft_plan(world, first_on=AT.date() + dt.timedelta(days=15))

    def release(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            release_plan(actor=world.coordinator, ref=second.ref, at=AT)

    def reopen(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            reopen_followed(actor=world.administrator, request_ref=ref, at=AT)

    assert DONE in at_once(release, reopen)
    with in_district(world.district.pk):
        live = Session.objects.exclude(state="cancelled").filter(site=world.site)
        assert live.count() == 1


def test_two_who_note_the_same_answer_at_once_confirm_it_once(cloned_database: str) -> None:
    world = make_year_world()
    with in_district(world.district.pk):
        plan = draft_plan(world)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        refs = [plan.entries.get(site__name=name).ref for name in ("Oak 0", "Oak 1")]

    def note(order: list[str], wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            answers = dict.fromkeys(order, True)
            answer_for_sites(actor=world.coordinator, plan_ref=plan.ref, answers=answers, at=AT)

    outcomes = at_once(partial(note, refs), partial(note, refs[::-1]))
    assert outcomes == [DONE, str(ANSWERED)]
    with in_district(world.district.pk):
        confirmed = Session.objects.filter(state="confirmed").order_by("site__name")
        assert [session.site.name for session in confirmed] == ["Oak 0", "Oak 1"]
