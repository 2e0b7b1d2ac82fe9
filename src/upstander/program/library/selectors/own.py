"""Reading pages that are wholly a district's own, as readers see them: approved in every role, and live."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Subquery
from wagtail.models import TaskState

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library import states
from upstander.program.library.content.faces import Entry
from upstander.program.library.content.own import PICTURE, entry_of, page_of
from upstander.program.library.content.pages import ROLES, Page, SignOff
from upstander.program.library.content.pictures import drawing
from upstander.program.library.models import OwnPage, Picture, Seat, Shelf, StoredPicture

# What a reader's page is made of: Wagtail keeps three times as much beside it.
READ = (
    *("slug", "title", "live_revision_id", "title_es", "tab", "kind", "audience", "is_for_staff"),
    *("summary_en", "summary_es", "body"),
)


def own_pages(*, actor: Actor) -> dict[str, Page]:
    """The pages of the actor's district that readers see, by key, in the order of their first day. Public.

    Only what is approved in every role is there; the database lets nothing else go live.
    """
    return {row.slug: page_of(row, signed) for row, signed in _approved(actor, READ)}


def own_entries(*, actor: Actor, language: str, is_staff: bool) -> list[Entry]:
    """The lines of the same pages in a list, as far as they stand behind the door; nothing on them is read."""
    found = _approved(actor, (name for name in READ if name != "body"))
    return [entry_of(row, language) for row, _signed in found if is_staff or not row.is_for_staff]


def picture_bytes(*, actor: Actor, name: str) -> bytes:
    """A picture of the actor's district: for whoever writes or reviews any, for others one of a page readers see.

    Raises NotFound. Public.
    """
    found = StoredPicture.objects.filter(district_id=actor.district_id, name=name).first()
    if found is None or not (any(map(actor.has, states.SEATS.values())) or _is_shown(actor, name)):
        raise NotFound("picture")
    return bytes(found.body)


def drawings_of(*, actor: Actor, addresses: Collection[str]) -> dict[str, str]:
    """Pictures of the district's own pages as drawings for paper, by their address. Public: of pages readers see."""
    names = {address.rstrip("/").rpartition("/")[2]: address for address in addresses}
    stored = StoredPicture.objects.filter(district_id=actor.district_id, name__in=names) if names else ()
    return {names[each.name]: drawing(bytes(each.body)) for each in stored}


def seats_of(*, actor: Actor) -> set[str]:
    """The roles in which the actor sits at the explorer as it is stored; what it may do stands in its grants."""
    seats = Seat.objects.filter(district_id=actor.district_id, group__user=actor.account_id)
    return set(seats.values_list("role", flat=True))


def on_shelf(*, actor: Actor) -> Any:
    """The rows of the district's own pages. Row security shows no others; this says it again."""
    shelf = Shelf.objects.filter(district_id=actor.district_id).values("page_path")
    return OwnPage.objects.filter(path__startswith=Subquery(shelf))


def _approved(actor: Actor, columns: Iterable[str]) -> list[tuple[Any, dict[str, SignOff]]]:
    """The rows of the pages that readers see, in the order of their first day, with who has approved each."""
    rows = list(on_shelf(actor=actor).filter(live=True).only(*columns).order_by("first_published_at"))
    signed = _signed(rows) if rows else {}
    told = ((row, signed[row.live_revision_id]) for row in rows)
    return [(row, signs) for row, signs in told if set(signs) == set(states.REVIEWS)]


def _is_shown(actor: Actor, name: str) -> bool:
    """Whether a page that readers see has this very picture in it; of its small copies none does."""
    blocks = [[{"type": PICTURE, "value": pk}] for pk in Picture.objects.filter(file=name).values_list("pk", flat=True)]
    return any(on_shelf(actor=actor).filter(live=True, body__contains=block).exists() for block in blocks)


def _signed(rows: Collection[Any]) -> Mapping[int, dict[str, SignOff]]:
    """Who has approved each live version, by its id and the role."""
    approved = TaskState.objects.filter(
        revision__in=[row.live_revision_id for row in rows],
        status=TaskState.STATUS_APPROVED,
        task__reviewtask__isnull=False,
    )
    signed: dict[int, dict[str, SignOff]] = defaultdict(dict)
    told = approved.order_by("finished_at").values_list("revision_id", "task__reviewtask__role", "finished_at")
    for revision, role, finished_at in told:
        signed[revision][states.Step(role)] = SignOff(ROLES[role], finished_at.date())
    return signed
