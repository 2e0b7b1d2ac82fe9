"""Two editors who correct the same fact at the same moment."""

import datetime as dt
from collections.abc import Callable

from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.models import FactChange
from upstander.program.facts.services import Correction, correct_fact

LINE = "line.childhelp"
RIGHT = Correction("1-800-555-0199", None, None, "The line itself", "", TODAY, TODAY + dt.timedelta(days=180))


def test_of_two_editors_at_once_one_is_told(cloned_database: str) -> None:
    district = make_district()
    people = [make_actor(district, "coordinator") for _ in range(2)]

    def step(actor: Actor) -> Callable[[Wait], object]:
        def run(go_on: Wait) -> None:
            go_on()
            with in_district(actor.district_id, account_id=actor.account_id):
                correct_fact(actor=actor, key=LINE, correction=RIGHT, reason="wrong", over=0, at=AT)

        return run

    outcomes = at_once(*map(step, people))
    assert outcomes[0] == DONE and "in the meantime" in outcomes[1]
    with in_district(district.pk):
        assert FactChange.objects.count() == 1
