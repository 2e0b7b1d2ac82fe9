"""What students and families use for themselves. Nothing that they type, choose or look for reaches the server."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upstander.program.law.selectors.offices import offices_of, schools_with_offices
from upstander.program.library.content.faces import Face, Shape, sections
from upstander.program.library.selectors.pages import page_by_key
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked
from upstander.web.shared.kept import same_for_everyone

PLAN, AT_SCHOOL = "my_plan", "at_my_school"
HELP_REASON = "Students look up an office of their school without an account and without naming a topic."
SLOTS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the plan with what stands below it. Below questions there is room for three answers."""

    title: str
    shapes: list[Shape]

    @property
    def is_asked(self) -> bool:
        """Whether its reader fills it in: the parts that ask have their questions as a list."""
        return any(shape.kind == "list" for shape in self.shapes)

    @property
    def blocks(self) -> list[tuple[str, list[tuple[Shape, str]]]]:
        """Its shapes as the templates of the pages to learn from take them."""
        return [(f"learn/blocks/{shape.kind}.html", [(shape, "")]) for shape in self.shapes]


@open_to_anyone("A plan is one's own: no account, no name, and nothing that is sent.")
@require_safe
@same_for_everyone
def plan(request: DistrictRequest) -> HttpResponse:
    """Three people, three places, the lines: typed into the page alone, or written by hand on its print.

    It leaves `Cache-Control` at "no-store": nothing of it may stay on a shared device.
    """
    face = page_by_key(key=PLAN, is_staff=False, **asked(request))
    opening, *parts = (
        Part(section.title, [shape for shape in section.shapes if shape.kind != "link"])
        for section in sections(face.shapes)
    )
    onward = [
        (reverse("learn:page", args=[shape.key]), shape.words[0]) for shape in face.shapes if shape.kind == "link"
    ]
    context = {"face": face, "opening": opening, "parts": parts, "slots": SLOTS, "onward": onward}
    return render(request, "own/plan.html", context)


@open_to_anyone(HELP_REASON)
@require_safe
@same_for_everyone
def schools(request: DistrictRequest) -> HttpResponse:
    """The schools that have told where their students find help, by name."""
    found = schools_with_offices(**asked(request))
    return render(request, "own/schools.html", {"schools": found, "face": _at_school(request)})


@open_to_anyone(HELP_REASON)
@require_safe
@same_for_everyone
def school(request: DistrictRequest, ref: str) -> HttpResponse:
    """The offices of one school; what its adults must report stands before them."""
    found = offices_of(site_ref=ref, **asked(request))
    face = _at_school(request)
    warning = next(shape.words[0] for shape in face.shapes if shape.kind == "callout")
    return render(request, "own/school.html", {"school": found, "face": face, "warning": warning})


def _at_school(request: DistrictRequest) -> Face:
    return page_by_key(key=AT_SCHOOL, is_staff=False, **asked(request))
