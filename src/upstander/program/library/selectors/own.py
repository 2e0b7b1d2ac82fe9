"""Reading pages that are wholly a district's own, as readers see them: approved in every role, and live."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Subquery
from wagtail.models import TaskState

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.remembered import Remembered
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
# Every page with a list of pages asks these, so they are written out: building them anew costs more than running them.
LIVE = """
    SELECT page_ptr_id, {columns} FROM library_ownpage
    JOIN wagtailcore_page ON wagtailcore_page.id = page_ptr_id
    JOIN library_shelf ON path LIKE page_path || '%%'
    WHERE district_id = %s AND live ORDER BY first_published_at
"""
APPROVED = """
    SELECT revision_id, role, finished_at FROM wagtailcore_taskstate
    JOIN library_reviewtask ON task_ptr_id = task_id
    WHERE status = %s AND revision_id = ANY(%s) ORDER BY finished_at
"""
MOST_REMEMBERED = 256
_PAGES: Remembered[tuple[Any, ...], Page] = Remembered(MOST_REMEMBERED)


def own_pages(*, actor: Actor) -> dict[str, Page]:
    """The pages of the actor's district that readers see, by key, in the order of their first day. Public.

    Only what is approved in every role is there; the database lets nothing else go live.
    """
    return {row.slug: _page(actor, row, signed) for row, signed in _approved(actor, READ)}


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
    asked = LIVE.format(columns=", ".join(columns))
    rows = list(OwnPage.objects.raw(asked, [actor.district_id]))
    signed = _signed(rows) if rows else {}
    told = ((row, signed[row.live_revision_id]) for row in rows)
    return [(row, signs) for row, signs in told if set(signs) == set(states.REVIEWS)]


def _page(actor: Actor, row: Any, signed: dict[str, SignOff]) -> Page:
    """The page of a row; one with pictures is put together each time, since a picture may have gone meanwhile."""
    raw = [(block["type"], block["value"]) for block in row.body.raw_data]
    if any(kind == PICTURE for kind, _value in raw):
        return page_of(row, signed)
    told = (raw, signed, *(getattr(row, name) for name in READ if name != "body"))
    return _PAGES.give((actor.district_id, row.slug), told, lambda: page_of(row, signed))


def _is_shown(actor: Actor, name: str) -> bool:
    """Whether a page that readers see has this very picture in it; of its small copies none does."""
    blocks = [[{"type": PICTURE, "value": pk}] for pk in Picture.objects.filter(file=name).values_list("pk", flat=True)]
    return any(on_shelf(actor=actor).filter(live=True, body__contains=block).exists() for block in blocks)


def _signed(rows: Collection[Any]) -> Mapping[int, dict[str, SignOff]]:
    """Who has approved each live version, by its id and the role."""
    signed: dict[int, dict[str, SignOff]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(APPROVED, [TaskState.STATUS_APPROVED, [row.live_revision_id for row in rows]])
        told = cursor.fetchall()
    for revision, role, finished_at in told:
        signed[revision][states.Step(role)] = SignOff(ROLES[role], finished_at.date())
    return signed
