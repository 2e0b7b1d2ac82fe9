"""Former editions of a district's prints, for its editors alone: an old number must not be handed out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library.content.traces import FACT, PAGE, SITE
from upstander.program.library.models import PrintEdition
from upstander.program.library.selectors.own import own_pages
from upstander.program.library.selectors.pages import shipped_pages
from upstander.program.library.selectors.prints import shipped_prints


@dataclass(frozen=True, slots=True)
class Former:
    """An edition that no reader gets any more. Without pages and facts its form or the district's name changed.

    `kept_until` is None once its file was erased.
    """

    ref: str
    title: Text
    site_name: str  # "" for the whole district
    language: str
    made_at: dt.datetime
    ended_at: dt.datetime
    kept_until: dt.datetime | None
    pages: tuple[Text, ...]
    facts: tuple[Text, ...]
    is_of_site: bool  # whether what the site says of itself changed


@dataclass(frozen=True, slots=True)
class Taken:
    """The file of a print for one site as somebody took it: its edition, and what that was made of."""

    key: str
    language: str
    site_ref: str
    edition: str
    made_of: Mapping[str, str]
    made_at: dt.datetime
    body: bytes


def former_editions(*, actor: Actor) -> QuerySet[PrintEdition]:
    """The rows of all former editions without their files, the last that ended first. Needs `facts.edit`."""
    require(actor, "facts.edit", Place(actor.district_id))
    rows = PrintEdition.objects.filter(district_id=actor.district_id, ended_at__isnull=False)
    return (
        rows.select_related("site").defer("body", "made_of").order_by("-ended_at", "key", "site__sort_key", "language")
    )


def editions_of_sites(*, actor: Actor) -> set[tuple[str, str, str]]:
    """Key, site's ref and language of the prints that were handed out for one site. Public, as these prints are."""
    rows = PrintEdition.objects.filter(district_id=actor.district_id, ended_at=None, site__isnull=False)
    return set(rows.values_list("key", "site__ref", "language"))


def in_words(*, actor: Actor, rows: Iterable[PrintEdition]) -> list[Former]:
    """Rows of `former_editions` by the names of their print, and of the pages and facts that changed after it."""
    pages = {key: page.title for key, page in {**shipped_pages(), **own_pages(actor=actor)}.items()}
    facts = {key: entry.label for key, entry in shipped_entries().items()}
    titles = {key: each.title for key, each in shipped_prints().items()}
    return [
        Former(
            row.ref,
            titles.get(row.key, Text(row.key, row.key)),
            row.site.name if row.site else "",
            row.language,
            row.made_at,
            row.ended_at,
            row.kept_until,
            _named(row.changed, PAGE, pages),
            _named(row.changed, FACT, facts),
            SITE in row.changed,
        )
        for row in rows
        if row.ended_at
    ]


def former_pdf(*, actor: Actor, ref: str) -> tuple[str, bytes]:
    """Which print a former edition was of, and its file. Raises NotFound, also once that was erased.

    Needs `facts.edit`.
    """
    row = former_editions(actor=actor).filter(ref=ref, body__isnull=False).first()
    if row is None or row.body is None:
        raise NotFound("edition")
    return row.key, bytes(row.body)


def _named(changed: Iterable[str], part: str, names: Mapping[str, Text]) -> tuple[Text, ...]:
    """The changed ones of one part by name; what is there no more goes by its key."""
    keys = (name.partition(":")[2] for name in changed if name.startswith(f"{part}:"))
    return tuple(names.get(key, Text(key, key)) for key in keys)
