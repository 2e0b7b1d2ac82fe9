"""The four ways a service says no. One shape: raise. The web floor turns them into answers."""


class Refused(Exception):
    """Base of all refusals; `str()` is a sentence for the person, already translated or translatable."""


class NotAllowed(Refused):
    """The actor lacks the capability for this record."""


class NotFound(Refused):
    """There is no such record, or the actor may not know that there is."""


class WrongState(Refused):
    """The record is not in a state from which this step can be taken."""


class Invalid(Refused):
    """What was given cannot be accepted; `field` names the form field it belongs to, if one does."""

    def __init__(self, sentence: object, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
