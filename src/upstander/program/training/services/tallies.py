"""What the consultant says before closing, and what cannot be right about it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.models import INITIALS_PATTERN, MOST_CARD_USES, MOST_HEADS, Session


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """How many are here without a staff number, by what brings them; staff are those who have theirs not at hand."""

    staff: int = 0
    substitute: int = 0
    contractor: int = 0
    volunteer: int = 0

    @property
    def count(self) -> int:
        return sum(astuple(self))


NOBODY = Unnumbered()


@dataclass(frozen=True, slots=True)
class Tally:
    """What the consultant says before closing: heads counted by eye, own initials, how often the card was needed.

    `offering` names the edition that was given, empty for the planned one. Whoever has no number is among the heads.
    """

    counted: int
    initials: str
    card_count: int = 0
    difference_is_known: bool = False
    offering: str = ""
    unnumbered: Unnumbered = NOBODY

    def wrong_for(self, session: Session, noted: int, offered: Collection[str]) -> Iterator[Invalid]:
        """What cannot be right, each told at its field, where so many are noted and these editions were on offer."""
        here = noted + self.unnumbered.count
        if not 0 <= self.counted <= MOST_HEADS:
            yield Invalid(_("Please count once more: this cannot be right."), "counted")
        elif min(astuple(self.unnumbered)) < 0 or self.unnumbered.count > self.counted:
            yield Invalid(_("These are part of the people in the room, and cannot be more."), "unnumbered")
        elif self.counted != here and not self.difference_is_known:
            yield Invalid(_difference(self.counted, here), "difference_is_known")
        if not re.match(INITIALS_PATTERN, self.initials):
            yield Invalid(_("Your initials are two to four letters."), "initials")
        if not 0 <= self.card_count <= MOST_CARD_USES:
            yield Invalid(_("Please give a number, zero for never."), "card_count")
        if self.offering and self.offering not in {session.offering, *offered}:
            yield Invalid(_("This was not offered yet on the day of the session."), "offering")


def _difference(counted: int, here: int) -> str:
    numbers = {"counted": counted, "here": here}
    if counted > here:
        sentence = _(
            "You counted %(counted)s, and %(here)s are noted. Somebody may have forgotten: go back and add them, count "
            "who has no staff number, or close as it is. What phones still send counts too."
        )
    else:
        sentence = _(
            "You counted %(counted)s, but %(here)s are noted. Somebody may have left, or a code may have got around: "
            "go back and look at the list, or close as it is."
        )
    return sentence % numbers
