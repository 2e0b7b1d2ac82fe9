"""The rehearsal for signed-in staff. Pages only: what a person would do is opened on the page and never sent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors import guide
from upstander.program.guidance.selectors.practice import situation_page, situations_on
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import asked


@needs("guide.staff_door")
@require_safe
def practice(request: DistrictRequest) -> HttpResponse:
    """The situations in use."""
    return _all(request, "guide/practice.html")


@needs("guide.staff_door")
@require_safe
def situation(request: DistrictRequest, key: str) -> HttpResponse:
    """One situation: choose, then see the expected path."""
    found, following = situation_page(key=key, **asked(request))
    return _page(request, "guide/situation.html", {"situation": found, "following": following})


@needs("guide.staff_door")
@require_safe
def practice_set(request: DistrictRequest) -> HttpResponse:
    """All situations with their paths on one page, to print."""
    return _all(request, "guide/practice_set.html")


def _all(request: DistrictRequest, template: str) -> HttpResponse:
    found = situations_on(**asked(request))
    return _page(request, template, {"situations": found, "has_drafts": any(one.is_draft for one in found)})


def _page(request: DistrictRequest, template: str, context: dict[str, object]) -> HttpResponse:
    text = guide.words(page="practice", **asked(request))
    return render(request, template, {"text": text, **context})
