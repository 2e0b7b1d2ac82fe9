"""How a reader came into the guide, which decides what they see and where each link leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from upstander.program.guidance.content.branches import CALL
from upstander.program.guidance.content.calls import SiteCall
from upstander.web.shared.navigation import CALL_ADDRESS


@dataclass(frozen=True, slots=True)
class Entrance:
    """The open door; or the staff door, by signing in or (then with its code and site) by the staff room's sheet."""

    is_staff: bool = False
    code: str = ""
    site: SiteCall | None = None

    @property
    def site_ref(self) -> str | None:
        """The site whose sheet was scanned, if one was."""
        return self.site.ref if self.site else None

    @property
    def first(self) -> str:
        """The address of the first screen."""
        if self.code:
            return reverse("guide:door", args=[self.code])
        return reverse("guide:staff" if self.is_staff else "guide:worry")

    @property
    def rule(self) -> str:
        """The address of the local rule; only staff have one."""
        return reverse("guide:door_walk", args=[self.code]) if self.code else reverse("guide:walk")

    @property
    def call(self) -> str:
        """The address of the call screen: of the site, where the sheet says which one."""
        if self.site:
            return reverse("guide:site_call", args=[self.site.ref])
        return CALL_ADDRESS.format(language=get_language())

    def to(self, key: str) -> str:
        """The address of a branch, or of the call."""
        if key == CALL:
            return self.call
        if self.code:
            return reverse("guide:door_branch", args=[self.code, key])
        return reverse("guide:staff_branch" if self.is_staff else "guide:branch", args=[key])


OPEN_DOOR = Entrance()
SIGNED_IN = Entrance(is_staff=True)
