"""Reading what devices send: shapes only. Whatever is not exactly of the shape is refused as a whole."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.selectors.choices import RESPONDERS
from upstander.program.training.services.kept_marks import ANSWERS, BY_NUMBER, BY_PERSON, Bundle, Kept, Signed

MOST_AT_ONCE, MOST_SIGNED = 500, 5
LONGEST_TEXT = 20
LATEST_MOMENT, LARGEST_COUNTER = 4_102_444_800_000, 2**31 - 1  # milliseconds of 2100; a column's largest number
DEVICE, PROOF = re.compile(r"^[0-9A-F]{16}$"), re.compile(r"^[0-9a-f]{64}$")
STANDINGS = frozenset({"", "substitute", "contractor", "volunteer"})
Read = TypeVar("Read")
Told = Mapping[str, Any]


def read_bundle(text: str | bytes) -> Bundle:
    """What the consultant's device sends. Raises Invalid."""
    return _reading(lambda: _bundle(json.loads(text)))


def read_signed(text: str) -> list[Signed]:
    """Check-ins that one phone kept, in its order. Raises Invalid."""
    return _reading(lambda: _signed(json.loads(text)))


def _reading(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Invalid("unreadable") from None


def _bundle(told: Told) -> Bundle:
    kept = [_kept(each) for each in _some(told["kept"], MOST_AT_ONCE)]
    return Bundle(_matching(DEVICE, told["device"]), _moment(told["sent"]), kept)


def _kept(told: Told) -> Kept:
    return Kept(
        counter=_within(told["counter"], 1, LARGEST_COUNTER),
        how=_one_of(told["how"], BY_PERSON | BY_NUMBER | {ANSWERS}),
        person_ref=_short(told["person"]),
        staff_number=_short(told["number"]),
        standing=_one_of(told["standing"], STANDINGS),
        noted=_moment(told["noted"]),
        who=_one_of(told.get("who", ""), RESPONDERS | {""}),
    )


def _signed(told: Told) -> list[Signed]:
    device, sent = _matching(DEVICE, told["device"]), _moment(told["sent"])
    return [
        Signed(
            device=device,
            counter=_within(each["counter"], 1, LARGEST_COUNTER),
            staff_number=_short(each["number"]),
            noted=_moment(each["noted"]),
            sent=sent,
            proof=_matching(PROOF, each["proof"]),
        )
        for each in _some(told["kept"], MOST_SIGNED)
    ]


def _some(told: Any, most: int) -> list[Told]:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError
    return told


def _within(told: Any, least: int, most: int) -> int:
    if type(told) is not int or not least <= told <= most:
        raise ValueError
    return told


def _moment(told: Any) -> dt.datetime:
    return dt.datetime.fromtimestamp(_within(told, 0, LATEST_MOMENT) / 1000, dt.UTC)


def _short(told: Any) -> str:
    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        raise ValueError
    return told


def _matching(pattern: re.Pattern[str], told: Any) -> str:
    if not pattern.match(told):
        raise ValueError
    return str(told)


def _one_of(told: Any, known: frozenset[str] | set[Any]) -> str:
    if told not in known:
        raise ValueError
    return str(told)
