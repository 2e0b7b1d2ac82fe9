"""One form of several on a page: only the one that was sent is filled and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages

from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.refusals import told_at


@dataclass(frozen=True, slots=True)
class Section:
    """One form of the page: how it is made of what was sent (None: nothing), what it does, and what is said then."""

    make: Callable[[Any], Any]
    act: Callable[[Any], object]
    done: str


def forms_of(request: DistrictRequest, sections: Mapping[str, Section]) -> tuple[dict[str, forms.Form], bool]:
    """All forms of the page by name, and whether the one that was sent went through.

    What was typed stays in its form when something has to be put right.
    """
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    made = {name: section.make(request.POST if name == sent else None) for name, section in sections.items()}
    if sent not in made or not made[sent].is_valid():
        return made, False
    form, section = made[sent], sections[sent]
    with told_at(form):
        section.act(form)
        messages.success(request, section.done)
        return made, True
    return made, False
