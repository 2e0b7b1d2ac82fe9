"""Two people who take the same review of a page at the same moment."""

from collections.abc import Callable
from typing import Any

from tests.factories import make_district, make_granted
from tests.moments import AT, TODAY
from tests.races import DONE, Wait, at_once
from upstander.district.access.selectors import actor_for
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.models import PageReview
from upstander.program.library.selectors.pages import shipped_editions
from upstander.program.library.services.readings import sign_page
from upstander.program.library.states import Step

PAGE = "talking"


def test_of_two_reviewers_at_once_one_has_the_review_and_the_other_is_told(cloned_database: str) -> None:
    district = make_district(county_key="us-ca-san-mateo")
    accounts = [make_granted(district, "legal_reviewer") for _person in range(2)]
    with in_district(district.pk):
        people = [actor_for(account, district.pk, TODAY) for account in accounts]

    def step(actor: Actor) -> Callable[[Wait], object]:
        def run(go_on: Wait) -> None:
            go_on()
            with in_district(district.pk):
                read: dict[str, Any] = {
                    "page": PAGE,
                    "step": Step.LEGAL,
                    "edition": shipped_editions()[PAGE],
                    "on": TODAY,
                }
                sign_page(actor=actor, **read, at=AT)

        return run

    assert at_once(*map(step, people)) == [DONE, "Somebody has taken this review already."]
    with in_district(district.pk):
        assert PageReview.objects.count() == 1
