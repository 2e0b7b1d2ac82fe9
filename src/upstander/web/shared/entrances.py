"""How a reader came to the guide and the cards, which decides what they see and where each link leads.

A page has up to three ways in: the open door, the staff door by signing in, and the staff door by the code on the sheet
in a site's staff room. `urls.py` says which ways each page has; the page itself is written once, as a function of the
request, the entrance and the parts of its path. Nothing here reads or stores anything about a reader.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.program.guidance.content.branches import CALL
from upstander.program.guidance.content.calls import SiteCall
from upstander.program.guidance.selectors.guide import door_for
from upstander.program.law.selectors.local import readers_sites
from upstander.web.shared.access import DistrictRequest, View, needs, open_to_anyone
from upstander.web.shared.kept import Shelf, same_for_everyone
from upstander.web.shared.keyed import guarded
from upstander.web.shared.navigation import CALL_ADDRESS

CACHED_SECONDS = 300
OPEN_REASON = "Whoever worries about a child needs no account; what staff watch for is on no open page."
CODE_REASON = "The code on the staff room's sheet is the key; see the decision on two doors."

SHELF = Shelf()  # what stands behind the staff door

Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Entrance:
    """The open door; or the staff door, by signing in or (then with its code and site) by the staff room's sheet."""

    is_staff: bool = False
    code: str = ""
    site: SiteCall | None = None

    def address(self, area: str, page: str, *parts: str) -> str:
        """The address of a page by the same way in: a page has a name for each of its ways."""
        way = "door_" if self.code else "staff_" if self.is_staff else ""
        code = [self.code] if self.code else []
        return reverse(f"{area}:{way}{page}", args=[*code, *parts])

    @property
    def site_ref(self) -> str | None:
        """The site whose sheet was scanned, if one was."""
        return self.site.ref if self.site else None

    @property
    def first(self) -> str:
        """The first screen."""
        return self.address("guide", "first")

    @property
    def rule(self) -> str:
        """The local rule; only staff have one."""
        return self.address("guide", "walk")

    @property
    def cards(self) -> str:
        """All cards."""
        return self.address("cards", "index")

    @property
    def kept(self) -> str:
        """The page that can be kept on a phone; only staff have one."""
        return self.address("cards", "kept")

    @property
    def call(self) -> str:
        """The call screen: of the site, where the sheet says which one."""
        if self.site:
            return reverse("guide:site_call", args=[self.site.ref])
        return CALL_ADDRESS.format(language=get_language())

    def to(self, key: str) -> str:
        """A branch of the guide, or the call."""
        return self.call if key == CALL else self.address("guide", "branch", key)


def day_of(request: DistrictRequest) -> date:
    """Today where the district is."""
    today: date = request.district.day(request.at)
    return today


def asked(request: DistrictRequest) -> dict[str, Any]:
    """What every selector of the guide wants to know about a request."""
    return {"actor": request.actor, "language": get_language() or "en", "on": day_of(request)}


def public(response: HttpResponse) -> HttpResponse:
    """A page that is the same for everyone: no cookie, and any cache may keep it for a while, but not that it is not
    there yet."""
    if response.status_code == HTTPStatus.OK:
        response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
    return response


def for_anyone(page: Page) -> View:
    """The page behind the open door."""

    @open_to_anyone(OPEN_REASON)
    @require_safe
    @same_for_everyone
    @wraps(page)
    def view(request: DistrictRequest, **parts: str) -> HttpResponse:
        return public(page(request, Entrance(), **parts))

    return view


def for_signed_in(page: Page, *, by_site: bool = True) -> View:
    """The page behind the staff door, for people who signed in. It depends on nothing about them but the sites of
    their posts; or, with `by_site=False`, on nothing at all."""

    @needs("guide.staff_door")
    @require_safe
    @wraps(page)
    def view(request: DistrictRequest, **parts: str) -> HttpResponse:
        sites = tuple(readers_sites(actor=request.actor, on=day_of(request))) if by_site else ()
        return SHELF.give(request, lambda: guarded(page(request, Entrance(is_staff=True), **parts)), also=sites)

    return view


def for_code(page: Page) -> View:
    """The page behind the staff door, for whoever holds a site's code. A closed one is not found, at once."""

    @open_to_anyone(CODE_REASON)
    @require_safe
    @wraps(page)
    def view(request: DistrictRequest, code: str, **parts: str) -> HttpResponse:
        entrance = Entrance(is_staff=True, code=code, site=door_for(actor=request.actor, code=code))
        return SHELF.give(request, lambda: guarded(page(request, entrance, **parts)))

    return view
