"""Who reviews a district's own words, by name: a page can say whom to ask, and who writes sees what is stuck."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from upstander.district.access.selectors import given_by_hand
from upstander.district.accounts.models import Account
from upstander.foundation.kernel.actor import Actor
from upstander.program.library.states import CAPABILITY, REVIEWS, Step

Reviewers = Mapping[Step, Mapping[int, Account]]


@dataclass(frozen=True, slots=True)
class Open:
    """A step that is still missing, and by name who could take it; for one of the many who vet, nobody is named."""

    step: Step
    names: tuple[str, ...]

    @property
    def is_stuck(self) -> bool:
        """Whether nobody holds the role who has not written or reviewed the words already."""
        return self.step in REVIEWS and not self.names


def reviewers_on(*, actor: Actor, on: dt.date) -> Reviewers:
    """By review and id the accounts to which its role is given on a day. One query."""
    held = given_by_hand(actor=actor, capabilities=[CAPABILITY[step] for step in REVIEWS], on=on)
    return {step: held[CAPABILITY[step]] for step in REVIEWS}


def open_to(reviewers: Reviewers, step: Step, barred: Collection[int]) -> Open:
    """A missing step with those who could take it. Takes no actor: the reviewers were read for one."""
    could = reviewers.get(step, {}).items()
    return Open(step, tuple(account.display_name for key, account in could if key not in barred))


def still_open(*, actor: Actor, missing: Iterable[Step], barred: Collection[int], on: dt.date) -> list[Open]:
    """Every step still missing on a day with those who could take it, for a page about one version."""
    reviewers = reviewers_on(actor=actor, on=on)
    return [open_to(reviewers, step, barred) for step in missing]
