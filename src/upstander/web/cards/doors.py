"""Through which door a reader came to the cards, and what every page behind it has in common."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from upstander.program.guidance.content.calls import SiteCall
from upstander.program.guidance.selectors.guide import door_for
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.navigation import CALL_ADDRESS

CACHED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Door:
    """The open door; or the staff door, by signing in or (then with its code and site) by the staff room's sheet."""

    is_staff: bool = False
    code: str = ""
    site: SiteCall | None = None

    def to(self, page: str, *args: str) -> str:
        """The address of a page of the cards behind this door."""
        prefix = "door_" if self.code else "staff_" if self.is_staff else ""
        before = [self.code] if self.code else []
        return reverse(f"cards:{prefix}{page}", args=[*before, *args])

    @property
    def index(self) -> str:
        return self.to("index")

    @property
    def kept(self) -> str:
        """The page that can be kept on a phone; only staff have one."""
        return self.to("kept")

    @property
    def call(self) -> str:
        """The call screen: of the site, where the sheet says which one."""
        if self.site:
            return reverse("guide:site_call", args=[self.site.ref])
        return CALL_ADDRESS.format(language=get_language())


OPEN = Door()
SIGNED_IN = Door(is_staff=True)


def by_code(request: DistrictRequest, code: str) -> Door:
    """The staff door that this code opens. Raises NotFound for one that is not in use."""
    return Door(is_staff=True, code=code, site=door_for(actor=request.actor, code=code))


def day_of(request: DistrictRequest) -> date:
    """Today where the district is."""
    today: date = request.at.astimezone(ZoneInfo(request.district.zone)).date()
    return today


def asked(request: DistrictRequest) -> dict[str, Any]:
    """What every selector of the cards wants to know about a request."""
    return {"actor": request.actor, "language": get_language() or "en", "on": day_of(request)}


def guarded(response: HttpResponse, door: Door) -> HttpResponse:
    """Any cache may keep what is open to anyone; what stands behind the staff door is found by no search, kept by no
    cache and named to no other page."""
    if not door.is_staff:
        response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
        return response
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
