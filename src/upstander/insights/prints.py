"""The papers that are made from the public pages, kept as files of this machine.

A file is named by its edition, which depends on every word, fact and place in it: when a fact changes, the next reader
gets a new edition, and never an old one. The timetable makes them ahead, so that hardly anybody waits the second that
it takes; the sheets of campaigns nobody else makes. A print for one site is made when somebody asks for it, in each of
its editions: readers without a name never make work that lasts, and the web lets each make so many an hour. What cannot
be kept is drawn all the same.
Each of them can be made again, so no backup needs them; former editions cannot, and are rows
(`library.services.editions`). A print for one site that somebody took between two changes is noted nowhere yet: what it
is made of lies beside it, and it is dropped once it is a row.
"""

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from upstander.district.places.selectors import site_address
from upstander.foundation.documents.engine import forget_layouts
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library.selectors.editions import Taken, editions_of_sites
from upstander.program.library.selectors.kits import kit_sheets
from upstander.program.library.selectors.prints import Sheet, print_pdf, sheet_by_key, sheets_for

# Where links and codes on paper lead: routes are known to the web alone, but paper is made without it, too.
PATHS = {
    "learn:index": "learn/",
    "cards:card": "cards/{}/",
    "guide:call": "guide/call/",
    "guide:first": "guide/",
    "public:help": "help/",
    "guide:practice": "guide/practice/",
    "guide:site_call": "guide/call/at/{}/",
    "learn:page": "learn/{}/",
    "learn:staff_page": "learn/staff/{}/",
    "cards:staff_card": "cards/staff/{}/",
    "directory:units": "directory/units/",
    "own:contacts": "own/contacts/",
    "own:evenings": "own/evenings/",
    "own:letter": "own/letter.pdf",
    "own:plan": "own/plan/",
    "own:school": "own/schools/{}/",
    "own:schools": "own/schools/",
    "own:team": "own/teams/{}/",
    "own:teams": "own/teams/",
    "toolkit:campaigns": "toolkit/campaigns/",
    "training:visitor_kinds": "ask/",
}
ELSE = "learn/"  # a link to a screen that is not named here costs nobody the paper; a test names it
OF_A_SITE = re.compile(r"\d+-(?P<key>\w+)\.(?P<site>\w+)-(?P<language>\w+)-(?P<edition>\w+)\.pdf")
PAGES = re.compile(rb"/Type ?/Page\b")


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as it lies there."""

    file: Path
    pages: int
    size: int
    on: date


@dataclass(frozen=True, slots=True)
class Present:
    """What a district hands out now: its prints, of single sites those that were taken, and every file that stays."""

    sheets: Sequence[Sheet]
    files: Collection[Path]


@lru_cache(maxsize=256)  # one and the same for a site: what was put together with it is known again
def addresses(site: str, language: str) -> Callable[..., str]:
    """Gives the whole address of a screen by its route and arguments, on this site and in this language."""
    return lambda route, *args: f"{site.rstrip('/')}/{language}/{PATHS.get(route, ELSE).format(*args)}"


def sheet_for(*, actor: Actor, key: str, language: str, on: date, site_ref: str | None = None) -> Sheet:
    """A print as it reads today, or for one site. Raises NotFound."""
    address = addresses(site_address(actor.district_id), language)
    return sheet_by_key(actor=actor, key=key, language=language, on=on, address=address, site_ref=site_ref)


def all_sheets(*, actor: Actor, language: str, on: date) -> list[Sheet]:
    """Every print as it reads today, in its order."""
    address = addresses(site_address(actor.district_id), language)
    return sheets_for(actor=actor, language=language, on=on, address=address)


def made(*, actor: Actor, sheet: Sheet) -> Made | None:
    """The print's present edition, if it has been made."""
    file = _file(actor, sheet)
    try:
        content, told = file.read_bytes(), file.stat()
    except OSError:
        return None
    on = datetime.fromtimestamp(told.st_mtime, UTC).date()
    return Made(file, len(PAGES.findall(content)), told.st_size, on)


def kept_pdf(*, actor: Actor, sheet: Sheet) -> bytes | None:
    """The print's present edition, if it has been made: what a reader may have at any time at no cost."""
    try:
        return _file(actor, sheet).read_bytes()
    except OSError:
        return None


def pdf_of(*, actor: Actor, sheet: Sheet, at: datetime) -> bytes:
    """The print's present edition; drawn at `at` and kept if nobody has asked for it before."""
    kept = kept_pdf(actor=actor, sheet=sheet)
    if kept is not None:
        return kept
    pdf = print_pdf(sheet=sheet, at=at).pdf
    file = _file(actor, sheet)
    with suppress(OSError):  # a full or closed disk: the reader gets the paper, the next one waits again
        if sheet.site_ref:
            _keep(_made_of(file), json.dumps(dict(sheet.made_of)).encode(), at)
        _keep(file, pdf, at)
    return pdf


def make_all(*, actor: Actor, on: date, at: datetime) -> Present:
    """Make what a district's prints and the sheets of its campaigns say now, in every language."""
    languages = [code for code, _name in settings.LANGUAGES]
    prints = [sheet for code in languages for sheet in all_sheets(actor=actor, language=code, on=on)]
    sheets = [*prints, *(sheet for code in languages for sheet in kit_sheets(actor=actor, language=code, on=on))]
    for sheet in (sheet for sheet in sheets if made(actor=actor, sheet=sheet) is None):
        pdf_of(actor=actor, sheet=sheet, at=at)
        forget_layouts()
    of_sites = list(_sheets_of_sites(actor, on))
    return Present([*prints, *of_sites], frozenset(_file(actor, sheet) for sheet in (*sheets, *of_sites)))


def former_of_sites(*, actor: Actor, present: Present) -> Iterator[Taken]:
    """The prints for single sites that somebody took and that say something else now, or that nobody can take now."""
    for file, found in _files_of_sites(actor):
        with suppress(OSError):  # taken before this was told, or dropped meanwhile
            made_of = json.loads(_made_of(file).read_bytes())
            if file not in present.files:
                at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                key, language, site, edition = found.group("key", "language", "site", "edition")
                yield Taken(key, language, site, edition, made_of, at, file.read_bytes())


def drop_former(*, actor: Actor, present: Present) -> None:
    """Delete every file of the district that is no present one."""
    for file in Path(settings.PRINTS).glob(f"{actor.district_id}-*"):  # drafts that a killed job left, too
        if file.with_suffix(".pdf") not in present.files:
            file.unlink(missing_ok=True)


def _sheets_of_sites(actor: Actor, on: date) -> Iterator[Sheet]:
    """Those that were taken: a district has too many sites to make every print for each of them ahead."""
    taken = {found.group("key", "site", "language") for _file, found in _files_of_sites(actor)}
    for key, site_ref, language in sorted(taken | editions_of_sites(actor=actor)):
        with suppress(NotFound):  # the site closed, or took back what it told
            yield sheet_for(actor=actor, key=key, language=language, on=on, site_ref=site_ref)


def _files_of_sites(actor: Actor) -> Iterator[tuple[Path, re.Match[str]]]:
    """The files of prints for single sites, each with what its name says."""
    for file in sorted(Path(settings.PRINTS).glob(f"{actor.district_id}-*.pdf")):
        if found := OF_A_SITE.fullmatch(file.name):
            yield file, found


def _made_of(file: Path) -> Path:
    """Where it stands of what a print for a site is made."""
    return file.with_suffix(".json")


def _file(actor: Actor, sheet: Sheet) -> Path:
    name = f"{sheet.key}.{sheet.site_ref}" if sheet.site_ref else sheet.key
    return Path(settings.PRINTS) / f"{actor.district_id}-{name}-{sheet.language}-{sheet.edition}.pdf"


def _keep(file: Path, pdf: bytes, at: datetime) -> None:
    """Whole or not at all, with the day on which it was made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_bytes(pdf)
    os.utime(draft, (at.timestamp(), at.timestamp()))
    draft.replace(file)
