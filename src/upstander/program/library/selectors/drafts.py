"""Pages that are wholly a district's own before readers see them: their newest versions, and what stands in the way."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wagtail.models import TaskState

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.facts.content.language import shipped_rules
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library import policies, states
from upstander.program.library.content.own import levels_of, page_of
from upstander.program.library.content.pages import Page
from upstander.program.library.content.translation import Translation
from upstander.program.library.models import OwnPage
from upstander.program.library.models.reviews import barred
from upstander.program.library.models.versions import translations
from upstander.program.library.selectors.own import on_shelf
from upstander.program.library.selectors.pages import shipped_pages
from upstander.program.library.selectors.reviewers import Open, open_to, reviewers_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """The review a page waits for, with those who could take it; since when; and the accounts that may not."""

    review: Open
    since: dt.datetime
    barred: Collection[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A page of the district's own as its people see it in their list."""

    key: str
    page_id: int
    title: str
    is_live: bool
    waiting: Waiting | None
    has_changes: bool
    translation: Mapping[Translation, int]  # how many passages of the newest version are how far in Spanish


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A page of the district's own whose next review is one person's to take, and since when it waits."""

    title: str
    since: dt.datetime


def draft_of(*, actor: Actor, key: str) -> Page:
    """The newest version of a page, for those who write or review. Raises NotFound."""
    row = on_shelf(actor=actor).filter(slug=key).first()
    if row is None:
        raise NotFound("page")
    return page_of(row.get_latest_revision_as_object(), {})


def standings(*, actor: Actor, on: dt.date) -> list[Standing]:
    """Every page of the district's own, newest first, for those who write or review."""
    rows = _newest_first(actor)
    waiting = _waiting(actor, rows, on)
    passages = translations(row.pk for row in rows) if rows else {}
    return [
        Standing(
            row.slug,
            row.pk,
            row.draft_title,
            row.live,
            waiting.get(row.pk),
            row.has_unpublished_changes,
            Counter(passage.state for passage in passages.get(row.pk, ())),
        )
        for row in rows
    ]


def pages_to_decide(*, actor: Actor, on: dt.date) -> list[ToDecide]:
    """The pages whose next review is this very person's to take. Nothing is asked for who takes none.

    No version of a page is read: how far it is in both languages nobody asks here.
    """
    if not any(actor.has(states.CAPABILITY[step]) for step in states.REVIEWS):
        return []
    rows = _newest_first(actor)
    waiting = _waiting(actor, rows, on)
    mine = {pk: each for pk, each in waiting.items() if policies.open_steps(actor, each.barred, [each.review.step])}
    return [ToDecide(row.draft_title, mine[row.pk].since) for row in rows if row.pk in mine]


def faults_of(*, page: Page, is_draft: bool) -> list[Invalid]:
    """Everything that stands against a page: always the linter, and unless it `is_draft` what is missing or too hard.

    Takes no actor: it reads what ships with the code.
    """
    faults = list(policies.check_page(page, shipped_rules(), shipped_entries(), shipped_pages()))
    if faults or is_draft:
        return faults
    return list(policies.check_whole(page, levels_of(page, shipped_entries())))


def faults_of_words(*, said: Text) -> list[Invalid]:
    """Everything the linter has against words that stand alone, at their language. Takes no actor: its rules ship."""
    return list(policies.check_said(said, shipped_rules()))


def _newest_first(actor: Actor) -> list[OwnPage]:
    return list(on_shelf(actor=actor).order_by("-latest_revision_created_at"))


def _waiting(actor: Actor, rows: Collection[OwnPage], on: dt.date) -> dict[int, Waiting]:
    """For which review each page waits, by the page's id."""
    if not rows:
        return {}
    pages, reviewers = {str(row.pk): row for row in rows}, reviewers_on(actor=actor, on=on)
    under_way = TaskState.objects.filter(
        workflow_state__object_id__in=pages, status=TaskState.STATUS_IN_PROGRESS, task__reviewtask__isnull=False
    ).select_related("workflow_state", "task__reviewtask")
    tasks = {pages[state.workflow_state.object_id]: state for state in under_way}
    shut = barred({page: state.task_id for page, state in tasks.items()})
    return {
        page.pk: Waiting(
            open_to(reviewers, states.Step(state.task.reviewtask.role), shut[page.pk]), state.started_at, shut[page.pk]
        )
        for page, state in tasks.items()
    }
