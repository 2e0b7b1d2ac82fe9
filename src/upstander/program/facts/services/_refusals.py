"""What cannot be right about a correction. Only services of this part call it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid
from upstander.program.facts.content import LINES, Entry
from upstander.program.facts.models import FactChange

MOST_YEARS_AHEAD = 2
FEWEST_DIGITS = 3
IN_A_NUMBER = frozenset("0123456789 ()-+.")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a fact shall say from now on. Empty hours mean that none are known."""

    value: str
    hours: Text | None
    after_hours: Text | None
    source_name: str
    source_address: str
    read_on: dt.date
    expires_on: dt.date


def faults_of(entry: Entry, correction: Correction, reason: str, on: dt.date) -> Iterator[Invalid]:
    """Everything that cannot be right about a correction of `entry` on the day `on`."""
    if reason not in FactChange.Reason.values:
        yield Invalid(_("Please choose why."), "reason")
    if entry.value.isdigit() and entry.kind not in LINES and not correction.value.isdigit():
        yield Invalid(_("Please write the number in digits only."), "value")
    if entry.kind in LINES and not _is_a_number(correction.value):
        yield Invalid(_("Please write a phone number: digits, spaces, dashes and parentheses."), "value")
    for name, text in (("hours", correction.hours), ("after_hours", correction.after_hours)):
        if text and not (text.en and text.es):
            yield Invalid(_("Please write it in both languages."), f"{name}_{'es' if text.en else 'en'}")
    if not correction.source_name:
        yield Invalid(_("Please say where you read it."), "source_name")
    if correction.source_address and urlsplit(correction.source_address).scheme not in ("http", "https"):
        yield Invalid(_("Please write an address that begins with https://"), "source_address")
    yield from wrong_days(correction.read_on, correction.expires_on, on)


def _is_a_number(value: str) -> bool:
    return set(value) <= IN_A_NUMBER and sum(mark.isdigit() for mark in value) >= FEWEST_DIGITS


def wrong_days(read_on: dt.date, expires_on: dt.date, on: dt.date) -> Iterator[Invalid]:
    """What cannot be right about a day of reading and the day of the next one."""
    if read_on > on:
        yield Invalid(_("This day is still to come."), "read_on")
    if expires_on <= max(read_on, on):
        yield Invalid(_("Please choose a day that is still to come."), "expires_on")
    if expires_on > on + dt.timedelta(days=365 * MOST_YEARS_AHEAD):
        yield Invalid(_("Please have it read again within two years."), "expires_on")
