"""How often one visitor may have costly work done by a page that only reads.

A GET runs in a transaction that the database itself holds read-only, and pages for readers store nothing about them. So
this is counted in the memory of each process: a bound on work, not a lock on a door (those are counted in the database,
see `kernel.limits`).
"""

from collections import Counter
from threading import Lock

from upstander.foundation.kernel.secrets import pseudonym
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.anonymous_forms import client_address

MOST_VISITORS = 4096


class Turns:
    """At most `most` turns for each address in each stretch of `seconds`; what is counted ends with the stretch.

    Whoever comes when `MOST_VISITORS` others have had a turn waits for the next stretch: so much work is too much, too.
    """

    def __init__(self, purpose: str, *, most: int, seconds: int) -> None:
        self._purpose, self._most, self._seconds = f"turns:{purpose}", most, seconds
        self._stretch = 0
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, request: DistrictRequest) -> bool:
        """Take a turn for whoever asks; False where they have none left."""
        who, stretch = pseudonym(self._purpose, client_address(request)), int(request.at.timestamp()) // self._seconds
        with self._lock:
            if stretch != self._stretch:
                self._stretch = stretch
                self._taken.clear()
            if self._taken[who] >= self._most or (who not in self._taken and len(self._taken) >= MOST_VISITORS):
                return False
            self._taken[who] += 1
            return True
