"""Why a directory was not loaded."""

import datetime as dt

from upstander.foundation.kernel.errors import Refused


class DirectoryRefused(Refused):
    """Rows could not be accepted, so nothing was written; the directory's `refusals` name each."""


class OlderDirectory(Refused):
    """The list is older than what is known from the same source; it would undo newer facts, so nothing was written."""

    def __init__(self, as_of: dt.date, known_as_of: dt.date) -> None:
        super().__init__(
            f"This list tells how things stood on {as_of}, and a list of {known_as_of} is known already. "
            f"Loading it would undo newer facts, so nothing was written. If it is newer, say so with --as-of."
        )
