"""Where a use of a fact is found: the address of each kind of place, for a reader or for staff."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.program.facts.selectors.uses import Use
from upstander.web.shared.navigation import CALL_ADDRESS

# What kind of place it is, in a word.
PARTS = {
    "page": _("Page"),
    "card": _("Card, and its PDF"),
    "branch": _("Step of the guide"),
    "screen": _("Screen"),
    "law": _("Law here"),
    "material": _("Printed material"),
    "print": _("Paper"),
    "sheet": _("Sheet of a campaign"),
}
SCREENS = {"clock": "report:clock", "worksheet": "report:worksheet", "sheet": "guide:doors"}
BY_KEY = {"page": "learn", "card": "cards", "branch": "guide"}


def address_of(use: Use) -> str:
    """The use's own page: the public one where there is one."""
    if use.part in BY_KEY:
        name = use.part if use.is_public else f"staff_{use.part}"
        return reverse(f"{BY_KEY[use.part]}:{name}", args=[use.key])
    if use.part == "material":
        return reverse("materials:material", args=[use.key])
    if use.part == "print":
        return reverse("toolkit:pdf", args=[use.key])
    if use.part == "sheet":
        return reverse("toolkit:staff_kit", args=[use.key])
    if use.part == "law":
        return reverse("guide:law")
    if ":" in use.key:
        return reverse(use.key)
    return reverse(SCREENS[use.key]) if use.key in SCREENS else CALL_ADDRESS.format(language=get_language())
