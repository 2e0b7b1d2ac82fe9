"""Pages that are wholly a district's own before readers see them: their newest versions, and what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library import policies, states
from upstander.program.library.content.own import levels_of, page_of
from upstander.program.library.content.pages import Page
from upstander.program.library.selectors.own import on_shelf
from upstander.program.library.selectors.pages import shipped_pages
from upstander.program.library.selectors.passages import shipped_rules


@dataclass(frozen=True, slots=True)
class Standing:
    """A page of the district's own as its people see it in their list."""

    key: str
    page_id: int
    title: str
    is_live: bool
    waits_for: str
    has_changes: bool


def draft_of(*, actor: Actor, key: str) -> Page:
    """The newest version of a page, for those who write or review. Raises NotFound."""
    row = on_shelf(actor=actor).filter(slug=key).first()
    if row is None:
        raise NotFound("page")
    return page_of(row.get_latest_revision_as_object(), {})


def standings(*, actor: Actor) -> list[Standing]:
    """Every page of the district's own, newest first, for those who write or review."""
    rows = list(on_shelf(actor=actor).order_by("-latest_revision_created_at"))
    waiting = _waiting(rows) if rows else {}
    return [
        Standing(row.slug, row.pk, row.draft_title, row.live, waiting.get(str(row.pk), ""), row.has_unpublished_changes)
        for row in rows
    ]


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


def _waiting(rows: Iterable[Any]) -> dict[str, str]:
    """For which review each page waits, by the page's id as text."""
    states_of = TaskState.objects.filter(
        workflow_state__object_id__in=[str(row.pk) for row in rows],
        status=TaskState.STATUS_IN_PROGRESS,
        task__reviewtask__isnull=False,
    )
    found = states_of.values_list("workflow_state__object_id", "task__reviewtask__role")
    return {page: str(states.WORDS[states.Step(role)]) for page, role in found}
