"""One step of a walk: do it, say so, and go on; or say in a sentence why not."""

from collections.abc import Callable, Container
from typing import TypeVar

from django.contrib import messages

from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.web.shared.access import DistrictRequest

Result = TypeVar("Result")


def pressed(request: DistrictRequest, name: str, offered: Container[str]) -> str:
    """Which of the page's buttons of this name was pressed.

    Raises NotFound for what the page does not offer: a step that nobody asked for is never taken instead.
    """
    said = request.POST.get(name, "")
    if said not in offered:
        raise NotFound(name)
    return said


def version_seen(request: DistrictRequest) -> int:
    """The version of a record that the page showed, as its form brings it back; else -1, which none has."""
    typed = request.POST.get("over", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def take(request: DistrictRequest, step: Callable[[], Result], done: str | Callable[[Result], str]) -> bool:
    """Take the step and say `done`, a sentence or what makes one of the result; whether it went well.

    A refusal that is for the person becomes a message instead; one about rights or absence goes on to the middleware.
    """
    try:
        result = step()
    except (Invalid, WrongState) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done(result) if callable(done) else done)
    return True
