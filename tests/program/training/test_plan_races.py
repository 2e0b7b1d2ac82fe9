"""Plans at the same moment: whoever comes second works on what the first has done."""

from functools import partial

from tests.factories.plans import draft_plan, make_year_world
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Assignment, Plan, Session
from upstander.program.training.services.plan_release import release_plan


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
