"""Whoever changes a record changes what they had seen of it: of two at the same time, the second is told."""

import hashlib

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState

MEANWHILE = _("Somebody else changed this in the meantime. Please look at it again.")
SEAL_LENGTH = 32


class Outdated(WrongState):
    """Somebody else was faster. `seal` is that of what stands now, `shown` what that is where the caller told it."""

    def __init__(self, sentence: object, seal: str | int, shown: object = None) -> None:
        super().__init__(sentence)
        self.seal = seal
        self.shown = shown


def seal_of(shown: object) -> str:
    """A digest of what a page shows, to go with its form and come back. `shown` is made of plain values: frozen
    dataclasses, tuples, days, words; the same values always give the same seal.
    """
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:SEAL_LENGTH]


def require_seen(seen: str | None, shown: object) -> None:
    """Raise Outdated unless `seen` is the seal of `shown`, which stands now; None asks for whatever stands.

    To be called once the record is locked, with what was read under that lock: before it, two may both be told yes.
    """
    if seen is not None:
        require_same(seen, seal_of(shown), shown=shown)


def require_same(seen: str | int, now: str | int, sentence: object = MEANWHILE, *, shown: object = None) -> None:
    """The same for records that bear a version or seal of their own: raise Outdated, with the sentence, if they differ.

    To be called under the record's lock.
    """
    if seen != now:
        raise Outdated(sentence, now, shown)
