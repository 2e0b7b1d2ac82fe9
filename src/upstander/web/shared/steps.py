"""One step of a walk: do it, say so, and go on; or say in a sentence why not."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages

from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.web.shared.access import DistrictRequest

Result = TypeVar("Result")


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
