"""The versions of a district's own pages, as Wagtail keeps them, and how far each is in both languages.

A page gathers hundreds of versions. Only those are read that can say something: the newest, what a language reviewer
approved, and where those leave it open, what was written since the last approval.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from wagtail.models import Revision, TaskState

from upstander.program.library import states
from upstander.program.library.content.translation import (
    Passage,
    Translation,
    Version,
    translation,
    version_of,
)

SETTLED = frozenset({Translation.NONE, Translation.REVIEWED})  # whatever was written in between


def translations(pages: Iterable[int]) -> dict[int, list[Passage]]:
    """By page's id how far each passage of its newest version is in Spanish. Four queries, however many pages."""
    numbers = _numbers([str(page) for page in pages])
    approved = _approved(numbers)
    first = {page: {known[-1], *approved[page]} for page, known in numbers.items()}
    found = _passages(_versions(first), approved)
    opened = {page for page, passages in found.items() if any(each.state not in SETTLED for each in passages)}
    since = {page: [each for each in numbers[page] if each >= max(approved[page], default=0)] for page in opened}
    found |= _passages(_versions({page: {*first[page], *since[page]} for page in opened}), approved)
    return {int(page): passages for page, passages in found.items()}


def _numbers(keys: list[str]) -> dict[str, list[int]]:
    """The numbers of each page's versions, in their order."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Revision.page_revisions.filter(object_id__in=keys).order_by("pk")
    for page, number in rows.values_list("object_id", "pk"):
        found[page].append(number)
    return found


def _approved(pages: Iterable[str]) -> dict[str, set[int]]:
    """Of each page, the versions that a language reviewer approved."""
    found: dict[str, set[int]] = {page: set() for page in pages}
    done = TaskState.objects.filter(
        revision__object_id__in=list(found),
        status=TaskState.STATUS_APPROVED,
        task__reviewtask__role=states.Step.LANGUAGE.value,
    )
    for page, number in done.values_list("revision__object_id", "revision_id"):
        found[page].add(number)
    return found


def _versions(wanted: Mapping[str, Collection[int]]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = defaultdict(list)
    rows = Revision.page_revisions.filter(pk__in=[n for numbers in wanted.values() for n in numbers]).order_by("pk")
    for page, number, content in rows.values_list("object_id", "pk", "content"):
        found[page].append(version_of(number, content))
    return found


def _passages(
    versions: Mapping[str, list[Version]], approved: Mapping[str, Collection[int]]
) -> dict[str, list[Passage]]:
    return {page: translation(known, approved[page]) for page, known in versions.items()}
