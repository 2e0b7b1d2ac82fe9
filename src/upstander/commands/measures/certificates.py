"""Certificates: papers drawn, and the whole way from ledger row over notice and private link to the finished paper."""

import datetime as dt
import time
from collections.abc import Iterator
from functools import partial
from itertools import count

from django.db import connection

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.visits import first_district
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.selectors.certificates import Paper, certificate_by_token, private_token
from upstander.program.compliance.selectors.papers import certificate_pdf
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.services import Entry, issue_certificates, record_completions

LEAST_DRAWN, LEAST_WHOLE = 150.0, 60.0
PEOPLE_A_SESSION, ROUNDS = 40, 7
VALID = dt.timedelta(days=365)
ADDRESS = "http://localhost:8000/en/verify/"


def measure() -> list[Reading]:
    """Papers a second in one process: of those already read, and of whole sessions just closed."""
    sessions = Sessions()
    papers = list(sessions.papers())
    rates = interleaved({"drawn": partial(_rate, sessions, papers), "whole": partial(_rate, sessions, None)}, ROUNDS)
    return [
        Reading("certificates drawn", rates["drawn"], "a second", at_least=LEAST_DRAWN),
        Reading("certificates with ledger row, notice and link", rates["whole"], "a second", at_least=LEAST_WHOLE),
    ]


def _rate(sessions: "Sessions", papers: list[Paper] | None) -> float:
    """Papers a second; without `papers`, those of a session that is closed in the same time."""
    began = time.perf_counter()
    for paper in sessions.papers() if papers is None else papers:
        certificate_pdf(
            actor=sessions.actor, paper=paper, district_name=sessions.name, address=ADDRESS + paper.code, language="en"
        )
    return PEOPLE_A_SESSION / (time.perf_counter() - began)


class Sessions:
    """Trainings of the same people, one after the other, each with evidence of its own."""

    def __init__(self) -> None:
        district = first_district()
        self.name, self.district_id = district.name, district.pk
        self.at = clock.now()
        self.actor: Actor = job("bench", district.pk, frozenset({"completions.record"}))
        self._numbers = count(1)
        with in_district(district.pk), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people_person ORDER BY id LIMIT %s", [PEOPLE_A_SESSION])
            self._people = [person for (person,) in cursor.fetchall()]
        if len(self._people) < PEOPLE_A_SESSION:
            raise CannotRun(f"the demo has fewer than {PEOPLE_A_SESSION} people")

    def papers(self) -> Iterator[Paper]:
        """Write one session's completions and certificates, then read each paper by its private link."""
        on, evidence = self.at.date(), f"bench-{next(self._numbers)}"
        entries = [Entry(person, AWARENESS, on, "session", evidence, on + VALID) for person in self._people]
        with in_district(self.district_id):
            refs = record_completions(actor=self.actor, entries=entries, at=self.at)
            issued = issue_certificates(actor=self.actor, refs=refs, at=self.at)
        for ref in issued:
            with in_district(self.district_id, read_only=True):
                yield certificate_by_token(actor=self.actor, token=private_token(ref), on=on, language="en")
