"""The four ways a service says no. One shape: raise. The web floor turns them into answers."""

from collections.abc import Iterable


class Refused(Exception):
    """Base of all refusals; `str()` is a sentence for the person, already translated or translatable."""


class NotAllowed(Refused):
    """The actor lacks the capability for this record."""


class NotFound(Refused):
    """There is no such record, or the actor may not know that there is."""


class WrongState(Refused):
    """The record is not in a state from which this step can be taken."""


class Invalid(Refused):
    """What was given cannot be accepted; `field` names the form field it belongs to, if one does.

    `also` are further refusals of the same form: whoever filled it in hears of all of them at once.
    """

    def __init__(self, sentence: object, field: str | None = None, also: tuple["Invalid", ...] = ()) -> None:
        super().__init__(sentence)
        self.field = field
        self.also = also


def refuse(found: Iterable[Invalid]) -> None:
    """Raise these refusals as one with the first in front; nothing happens when there is none."""
    refusals = tuple(found)
    if refusals:
        raise Invalid(refusals[0].args[0], refusals[0].field, refusals[1:])
