"""What is read of a record, whatever its shape; and what of it needs a person's eye."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.phones import DIALED
from upstander.program.directory.content.where import Where

NAME_LENGTH, TEXT_LENGTH, CITY_LENGTH, ADDRESS_LENGTH, NUMBER_LENGTH, EXTENSION_LENGTH = 120, 600, 60, 200, 30, 8
LIMITS = {
    "name": NAME_LENGTH,
    "name_es": NAME_LENGTH,
    "organization": NAME_LENGTH,
    "about": TEXT_LENGTH,
    "who": TEXT_LENGTH,
    "how": TEXT_LENGTH,
    "website": ADDRESS_LENGTH,
}
MISSING, TOO_LONG, UNREAD, BAD_ID, BAD_STATUS, UNKNOWN = "missing", "too_long", "unread", "bad_id", "status", "unknown"
NO_SERVICE, HIDDEN = "no_service", "hidden"
# Fields that a package's rows are given beside their own: where they stood, and that nothing names them.
AT, LEFT_OVER = "in the file", "belongs to no service"
Fault = tuple[str, str]  # the field, with its file and record where there are several, and the reason


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text is one of `json`, `headings`, `many`, `empty`, `encoding`,
    `package`, `large`."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one record. Of a place there is its id in the standard, if it has one, beside it."""

    name: str = ""
    name_es: str = ""  # of a record that was written by this software: others do not say in which language a name is
    organization: str = ""
    about: str = ""
    who: str = ""
    how: str = ""
    website: str = ""
    numbers: tuple[Number, ...] = ()
    hours: tuple[Hours, ...] = ()
    places: tuple[tuple[str, Where], ...] = ()
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    cost: str = ""
    takes_report: str = ""
    uid: str = ""
    organization_uid: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """What it says in words, by the fields of an entry; from elsewhere it counts as English."""
        spanish = {"name_es": self.name_es} if self.name_es else {}
        return {"name_en": self.name, "about_en": self.about, "who_en": self.who, "how_en": self.how} | spanish


def checked(read: Read, faults: Iterable[Fault]) -> Read:
    """The same with every text cut to the room that an entry has, and all that is odd about it in `faults`."""
    found = [*read.faults, *faults]
    found += [(name, MISSING) for name in ("name", "organization") if not getattr(read, name).strip()]
    texts = {name: getattr(read, name).strip() for name in LIMITS}
    found += [(name, TOO_LONG) for name, limit in LIMITS.items() if len(texts[name]) > limit]
    cut = {name: texts[name][:limit].strip() for name, limit in LIMITS.items()}
    if cut["website"] and not cut["website"].startswith(("http://", "https://")):
        cut["website"] = f"https://{cut['website']}"[:ADDRESS_LENGTH]
    dialed = [each for each in read.numbers if DIALED.fullmatch(each.number)]
    numbers = tuple(each for each in dialed if _fits(each))
    found += [("phones", UNREAD)] if len(dialed) < len(read.numbers) else []
    found += [("phones", TOO_LONG)] if len(numbers) < len(dialed) else []
    return replace(read, **cut, numbers=numbers, faults=tuple(dict.fromkeys(found)))


def is_uid(text: object) -> bool:
    """Whether a text is an identifier of the standard."""
    try:
        return bool(uuid.UUID(str(text)))
    except ValueError:
        return False


def _fits(number: Number) -> bool:
    return len(number.number) <= NUMBER_LENGTH and len(number.extension) <= EXTENSION_LENGTH
