"""The reviews of a page of the edition in a district: who took them, who could, and what changed since."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.program.library import policies, states
from upstander.program.library.content.pages import Page
from upstander.program.library.content.readings import Changed, changed, passages_of
from upstander.program.library.models import PageArrival, PageReview, PageReviewEnd
from upstander.program.library.selectors.pages import shipped_editions, shipped_pages
from upstander.program.library.selectors.reviewers import Open, still_open


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier edition with who had reviewed it in a role that is open again, and what reads otherwise since."""

    reviews: tuple[PageReview, ...]
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reviews of the present edition of a page; `steps` are those that the actor may take."""

    edition: str
    signed: tuple[PageReview, ...]
    missing: tuple[Open, ...]
    steps: tuple[states.Step, ...]
    former: tuple[Former, ...]
    has_read: bool
    taken_back: tuple[PageReviewEnd, ...]
    may_take_back: tuple[PageReview, ...]


def reading_of(*, actor: Actor, page: Page, on: dt.date) -> Reading:
    """Where the reviews of a page of the edition stand on a day, for those who write or review."""
    edition = shipped_editions()[page.key]
    rows = list(_standing(actor).filter(page=page.key).select_related("taken_by").order_by("-taken_at", "-id"))
    signed = tuple(row for row in reversed(rows) if row.edition == edition)
    open_roles, barred = _open_in(signed)
    return Reading(
        edition,
        signed,
        tuple(still_open(actor=actor, missing=open_roles, barred=barred, on=on)),
        policies.open_steps(actor, barred, open_roles),
        tuple(_former(page, [row for row in rows if row.edition != edition], open_roles)),
        actor.account_id in barred,
        tuple(PageReviewEnd.objects.filter(_of_edition(actor, page.key, edition)).select_related("review", "taken_by")),
        tuple(row for row in signed if may_take_back(actor=actor, row=row)),
    )


def pages_to_sign(*, actor: Actor) -> set[str]:
    """The keys of the pages of the edition that this very person may review. Nothing is asked for who takes none."""
    if not any(policies.may_take(actor, step) for step in states.REVIEWS):
        return set()
    signed: dict[str, list[PageReview]] = {key: [] for key in shipped_pages()}
    for row in _standing(actor).defer("said"):
        if shipped_editions().get(row.page) == row.edition:
            signed[row.page].append(row)
    taken = {key: _open_in(rows) for key, rows in signed.items()}
    return {key for key, (roles, barred) in taken.items() if policies.open_steps(actor, barred, roles)}


def edition_waits_since(*, actor: Actor) -> dt.datetime | None:
    """Since when the newest page of the edition waits for this very person: since it came, or a review of it was taken
    back. None where none does."""
    keys = pages_to_sign(actor=actor)
    if not keys:
        return None
    of_district = {"district_id": actor.district_id, "page__in": keys}
    came = PageArrival.objects.filter(**of_district).values_list("page", "edition", "came_at")
    mine = [step for step in states.REVIEWS if policies.may_take(actor, step)]
    ended = PageReviewEnd.objects.filter(district_id=actor.district_id, review__page__in=keys, review__step__in=mine)
    moved = [*came, *ended.values_list("review__page", "review__edition", "taken_at")]
    return max((at for page, edition, at in moved if shipped_editions()[page] == edition), default=None)


def may_take_back(*, actor: Actor, row: PageReview) -> bool:
    """Whether the actor may take this review back: whoever took it, and whoever holds its role today."""
    return actor.account_id == row.taken_by_id or policies.may_take(actor, row.step)


def _standing(actor: Actor) -> QuerySet[PageReview]:
    """The reviews that nobody took back."""
    return PageReview.objects.filter(district_id=actor.district_id, ends=None)


def _of_edition(actor: Actor, page: str, edition: str) -> Q:
    return Q(district_id=actor.district_id, review__page=page, review__edition=edition)


def _open_in(signed: Iterable[PageReview]) -> tuple[list[states.Step], set[int]]:
    """The reviews that are still missing, and the accounts that have had their part."""
    taken = {row.step: row.taken_by_id for row in signed}
    return [step for step in states.REVIEWS if step not in taken], set(taken.values())


def _former(page: Page, rows: Iterable[PageReview], open_roles: Iterable[states.Step]) -> Iterable[Former]:
    """The last editions that were reviewed in the roles that are open, the newest first."""
    last = {row.step: row for row in reversed(list(rows))}
    by_edition: dict[str, list[PageReview]] = {}
    for role in open_roles:
        if role in last:
            by_edition.setdefault(last[role].edition, []).append(last[role])
    for reviews in by_edition.values():
        yield Former(tuple(reviews), tuple(changed(reviews[0].said, passages_of(page))))
