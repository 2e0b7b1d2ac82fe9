"""Two at the same moment: one code lets one of them in, two starts share one key, and a limit stays a limit."""

from functools import partial

from tests.factories import make_district
from tests.factories.report import DUTY, RECEIVED, make_clock, make_reporter, signed_in_as
from tests.moments import AT
from tests.races import DONE, Wait, at_once

from upstander.commands import proof_key
from upstander.foundation.kernel.actor import Actor
from upstander.program.guidance.models import ProofKey, ReportClock
from upstander.program.guidance.selectors.joint import own_joint
from upstander.program.guidance.services.clocks import MOST_OPEN, keep_clock
from upstander.program.guidance.services.joint import accept, invite, start_joint


def test_of_two_who_accept_at_once_one_gets_in(cloned_database: str) -> None:
    district = make_district()
    first, rivals = make_reporter(district), [make_reporter(district), make_reporter(district)]
    clock = make_clock(first)
    with signed_in_as(first):
        ref = start_joint(actor=first, clock_ref=clock, at=AT)
        code = invite(actor=first, ref=ref, at=AT)

    def try_it(actor: Actor, wait: Wait) -> None:
        with signed_in_as(actor):
            wait()
            accept(actor=actor, code=code, at=AT)

    joined, refused = at_once(*(partial(try_it, rival) for rival in rivals))
    assert joined == DONE and refused == "This code cannot be used."
    with signed_in_as(first):
        assert own_joint(actor=first, ref=ref, at=AT).members_count == 2


def test_of_two_requests_of_one_person_at_once_only_one_takes_the_last_open_clock(cloned_database: str) -> None:
    reporter = make_reporter(make_district())
    for _ in range(MOST_OPEN - 1):
        make_clock(reporter)

    def try_it(wait: Wait) -> None:
        with signed_in_as(reporter):
            wait()
            keep_clock(actor=reporter, received_at=RECEIVED, zone="America/Los_Angeles", duty=DUTY, at=AT)

    kept, refused = at_once(try_it, try_it)
    assert kept == DONE and "enough open records" in refused
    with signed_in_as(reporter):
        assert ReportClock.objects.count() == MOST_OPEN


def test_two_who_start_at_once_share_one_key(cloned_database: str) -> None:
    ProofKey.objects.all().delete()

    def start(wait: Wait) -> None:
        wait()
        proof_key.ensure()

    assert at_once(start, start) == [DONE, DONE]
    assert ProofKey.objects.count() == 1
