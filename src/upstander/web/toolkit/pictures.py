"""Drawings for messages: what an app shows beside a link, and what can be sent by itself."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from upstander.program.library.selectors.pictures import preview
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import public


@open_to_anyone("A drawing without words tells nothing to whoever looks on.")
@require_safe
def picture(request: DistrictRequest, scene: str, shape: str) -> HttpResponse:
    """One drawing in one shape, under a file name that says nothing."""
    answer = HttpResponse(preview(scene=scene, shape=shape), content_type="image/png")
    answer["Content-Disposition"] = 'inline; filename="picture.png"'
    return public(answer)
