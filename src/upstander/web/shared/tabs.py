"""What the tab, the history and a bookmark say of a page for anyone: what it is for, and never what it is about.

Somebody else may read it over a shoulder or later. So it names neither the topic nor this programme; a page of the
library brings a neutral title of its own.
"""

from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BRAND = "Upstander"  # the first page, and where nobody knows which page it is
# By the page's route, else by its area.
NAMES: dict[str, str | Promise] = {
    "public:home": BRAND,
    "public:help": _("Phone numbers"),
    "public:about": _("About these pages"),
    "public:leaving": _("Another site"),
    "account": _("Sign in"),
    "cards": _("Cards"),
    "directory": _("Places and services"),
    "facts": _("Sources"),
    "gatherings": _("Dates and places"),
    "guide": _("Step by step"),
    "guide:call": _("Phone numbers"),
    "guide:site_call": _("Phone numbers"),
    "learn": _("Pages to read"),
    "materials": _("Wish list"),
    "own": _("Dates and places"),
    "own:team": _("Whom to call"),
    "own:teams": _("Whom to call"),
    "plans": _("A day for your site"),
    "evaluation": _("Questions"),
    "proof": _("Check a paper"),
    "report": _("Notes"),
    "report:verify": _("Check a paper"),
    "report:keys": _("Check a paper"),
    "toolkit": _("Pages to keep"),
    "toolkit:campaigns": _("Calendar of the year"),
    "toolkit:kit": _("Words to take along"),
    "training": _("Requests"),
    "training:check_in": _("Check in"),
    "training:check_in_code": _("Check in"),
    "training:thanks": _("Check in"),
}


def tab_of(match: ResolverMatch | None) -> str:
    """The tab of the page at a route; the brand where the route has no name here."""
    if match is None:
        return BRAND
    return str(NAMES.get(match.view_name) or NAMES.get(match.namespace, BRAND))
