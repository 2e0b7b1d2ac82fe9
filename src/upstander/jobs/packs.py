"""Making an auditor pack: training by training between short transactions, so that a page can say how far it is.

All of them see the same books: what was recorded after the moment asked about counts in none. Killed in the middle, the
queue runs it again from the start; the pack is written only once, at its end.
"""

from functools import partial

from procrastinate.contrib.django import app

from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.jobs.tasks import RETRY
from upstander.program.compliance.selectors.packs.kept import pack_by_ref, question_of
from upstander.program.compliance.selectors.packs.making import write_pack
from upstander.program.compliance.selectors.packs.rows import Counted, Question, parts
from upstander.program.compliance.services import keep_pack, tell_part
from upstander.program.compliance.services.packs import MAKE


@app.task(name=MAKE, retry=RETRY)
def make(district_id: int, ref: str) -> None:
    """Count, write, and keep what was written."""
    actor = job(MAKE, district_id, frozenset({"proof.pack", "coverage.read"}))
    with in_district(district_id):
        file = pack_by_ref(actor=actor, ref=ref)
    if file.ended_at:
        return
    of = question_of(file)
    trainings = _counted(actor, ref, of)
    with in_district(district_id):
        keep_pack(actor=actor, ref=ref, made=write_pack(actor=actor, of=of, trainings=trainings), at=now())


def _counted(actor: Actor, ref: str, of: Question) -> list[Counted]:
    found: list[Counted] = []
    with in_district(actor.district_id):
        counts = parts(actor=actor, of=of)
        tell = partial(tell_part, actor=actor, ref=ref, parts=len(counts) + 1)  # writing it is one, too
        tell(done=0, at=now())
    for count in counts:
        with in_district(actor.district_id):
            found.append(count())
            tell(done=len(found), at=now())
    return found
