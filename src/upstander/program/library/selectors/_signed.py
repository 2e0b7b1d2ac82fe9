"""Who has reviewed which pages of the edition, as the district's readers are told."""

from collections import defaultdict
from collections.abc import Mapping

from upstander.foundation.kernel.actor import Actor
from upstander.program.library.content.pages import ROLES, SignOff
from upstander.program.library.models import PageReview


def signed_in(actor: Actor, editions: Mapping[str, str]) -> dict[str, dict[str, SignOff]]:
    """By page and role who has reviewed the present edition of these pages; `editions` by page. One query."""
    found: dict[str, dict[str, SignOff]] = defaultdict(dict)
    rows = PageReview.objects.filter(district_id=actor.district_id, page__in=editions, ends=None)
    for page, edition, role, read_on in rows.values_list("page", "edition", "step", "read_on"):
        if editions[page] == edition:
            found[page][role] = SignOff(ROLES[role], read_on)
    return found
