"""The front door: pages for everyone, the same for everyone."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from upstander.program.facts.content import Book
from upstander.program.facts.selectors import facts_by_key
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.outside import unsealed
from upstander.web.shared.shipped import shipped_facts

EMERGENCY = "emergency.number"
LISTENERS = (
    "line.crisis_988",
    "line.human_trafficking",
    "line.childhelp",
    "line.missing_children",
)


def _book(request: DistrictRequest, *keys: str) -> Book:
    """The facts as they stand today; one that nobody loaded yet is shown as it shipped, never left out."""
    language, on = get_language() or "en", timezone.localdate(request.at)
    stored = facts_by_key(actor=request.actor, keys=keys, language=language, on=on)
    return Book({**shipped_facts(), **stored.entries}, language, on)


@open_to_anyone("The first page tells every visitor where to go.")
@same_for_everyone
def home(request: DistrictRequest) -> HttpResponse:
    """Three kinds of visitors, three ways."""
    return render(request, "public/home.html", {"emergency": _book(request, EMERGENCY)[EMERGENCY]})


@open_to_anyone("Students and families need no account to find someone who listens.")
@same_for_everyone
def plain_help(request: DistrictRequest) -> HttpResponse:
    """Lines that listen, and how to keep a visit private. Nothing about what staff watch for."""
    book = _book(request, EMERGENCY, *LISTENERS)
    context = {"emergency": book[EMERGENCY], "lines": book.pick(LISTENERS)}
    return render(request, "public/help.html", context)


@open_to_anyone("What the site keeps is everyone's to know.")
@same_for_everyone
def about(request: DistrictRequest) -> HttpResponse:
    """What this is, what it keeps, what it never asks."""
    return render(request, "public/about.html")


@open_to_anyone("Whoever may read a page may follow what it names.")
def leaving(request: DistrictRequest, sign: str) -> HttpResponse:
    """Before the way leads to somebody else's site: whose it is, what it may keep, and how to come back."""
    address = unsealed(sign, request.district.ref)
    return render(request, "public/leaving.html", {"address": address, "site": urlsplit(address).hostname})
