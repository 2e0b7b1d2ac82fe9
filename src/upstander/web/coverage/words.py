"""What a school counts as: the same words in the table, on its own page and in the file."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from upstander.program.compliance.selectors.coverage import Line


class State(NamedTuple):
    """A word, and the tone in which the status part draws it."""

    word: str
    tone: str


def state(line: Line) -> State:
    """A school without staff on record is its own case: not trained, but for want of a list."""
    if line.no_staff_count:
        return State(_("No staff recorded"), "quiet")
    return State(_("Trained"), "good") if line.is_trained else State(_("Not yet trained"), "waits")
