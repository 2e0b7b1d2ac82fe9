"""The versions of a district's own pages, as Wagtail keeps them, and how far each is in both languages."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import Revision, TaskState

from upstander.program.library import states
from upstander.program.library.content.translation import Passage, Version, translation, version_of


def translations(pages: Iterable[int]) -> dict[int, list[Passage]]:
    """By page's id how far each passage of its newest version is in Spanish. Two queries, however many pages."""
    keys = [str(page) for page in pages]
    found: dict[str, list[Version]] = defaultdict(list)
    rows = Revision.page_revisions.filter(object_id__in=keys).order_by("pk")
    for page, number, content in rows.values_list("object_id", "pk", "content"):
        found[page].append(version_of(number, content))
    approved = set(
        TaskState.objects.filter(
            revision__object_id__in=keys,
            status=TaskState.STATUS_APPROVED,
            task__reviewtask__role=states.Step.LANGUAGE.value,
        ).values_list("revision_id", flat=True)
    )
    return {int(page): translation(versions, approved) for page, versions in found.items()}
