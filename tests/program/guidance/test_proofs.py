"""A proof: its owner's paper, checked by anyone, made with a key that is nowhere stored."""

import datetime as dt
import io
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.test import override_settings
from tests.factories import make_actor, make_district
from tests.factories.report import LAST_FOUR, RECEIVED, make_clock, make_reporter, signed_in_as
from tests.moments import AT

from upstander.commands import proof_key
from upstander.commands.__main__ import main
from upstander.district.places.models import District
from upstander.engines import proofs
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed, NotFound, WrongState
from upstander.program.guidance.disposal import erase_clock, tidy_clock
from upstander.program.guidance.models import ProofKey, ReportProof
from upstander.program.guidance.selectors.proofs import check_proof, own_proofs, proof_pdf, published_keys
from upstander.program.guidance.services._kept import KEPT
from upstander.program.guidance.services.clocks import close_clock
from upstander.program.guidance.services.proofs import ensure_proof_key, make_proof, rotate_proof_key
from upstander.program.guidance.states import Agency, LineKind, Manner

pytestmark = pytest.mark.django_db
PACIFIC = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def district() -> District:
    return make_district()


def proof_of(reporter: Actor) -> tuple[str, ReportProof]:
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        return ref, make_proof(actor=reporter, ref=ref, at=AT)


def drawn(reporter: Actor, ref: str, code: str, language: str = "en") -> bytes:
    with signed_in_as(reporter):
        return proof_pdf(
            actor=reporter, ref=ref, code=code, zone=PACIFIC, address="https://x.example/v/", language=language
        ).pdf


def rotate(district: District) -> str:
    with in_district(district.pk):
        return rotate_proof_key(actor=make_actor(district, "it_administrator"), at=AT + dt.timedelta(days=1))


def test_anyone_can_check_it_and_learns_times_and_agencies_only(district: District) -> None:
    reporter = make_reporter(district)
    _ref, proof = proof_of(reporter)
    with in_district(district.pk):
        answer = check_proof(actor=visitor(district.pk), text=f"https://x.example/#{proof.signed}")
        (key,) = published_keys(actor=visitor(district.pk))
        forged = proofs.sign(proofs.Statement("A" * 16, key.key_id, AT, RECEIVED, ()), bytes(32))
        assert check_proof(actor=visitor(district.pk), text=forged) is None
    assert answer is not None
    assert [(str(line.what), line.moment) for line in answer.lines] == [("Call", RECEIVED)]
    assert (answer.received_at, answer.made_at, len(answer.code)) == (RECEIVED, AT, 16)
    assert not [one for one in (LAST_FOUR, reporter.name, reporter.display_name) if one in repr(answer)]


def test_it_stays_valid_after_everything_here_is_erased(district: District) -> None:
    reporter = make_reporter(district)
    ref, proof = proof_of(reporter)
    with signed_in_as(reporter):
        assert erase_clock(actor=reporter, ref=ref, at=AT) == 4
        assert ReportProof.objects.count() == 0
        assert check_proof(actor=reporter, text=proof.signed) is not None


def test_it_stays_valid_under_a_retired_key_that_can_sign_no_more(district: District) -> None:
    reporter = make_reporter(district)
    _ref, proof = proof_of(reporter)
    new = rotate(district)
    with in_district(district.pk):
        assert check_proof(actor=visitor(district.pk), text=proof.signed) is not None
        keys = published_keys(actor=visitor(district.pk))
        assert [key.key_id for key in keys][0] == new and keys[0].retired_on is None
        assert keys[1].retired_on is not None and ProofKey.objects.get(key_id=keys[1].key_id).salt == ""
    _ref, second = proof_of(make_reporter(district))
    assert f'"k":"{new}"' in proofs._decoded(second.signed.split(".")[1]).decode()


def test_the_database_alone_signs_nothing(district: District) -> None:
    """Whoever copies the database has salt and public key, and neither makes the signature without the secret."""
    _ref, proof = proof_of(make_reporter(district))
    key = ProofKey.objects.get()
    told = proofs.verify(proof.signed, {key.key_id: bytes.fromhex(key.public_key)})
    assert told is not None
    for stolen in (bytes.fromhex(key.salt), bytes.fromhex(key.public_key)):
        assert proofs.verify(proofs.sign(told, stolen), {key.key_id: bytes.fromhex(key.public_key)}) is None


def test_a_changed_secret_begins_a_new_key(district: District) -> None:
    _ref, old = proof_of(make_reporter(district))
    with override_settings(SECRET_KEY="another-" + "x" * 50):
        with pytest.raises(WrongState):
            proof_of(make_reporter(district))  # never in a reporter's request
        proof_key.ensure()  # as a start of the house does it
        _ref, new = proof_of(make_reporter(district))
    with in_district(district.pk):
        assert ProofKey.objects.count() == 2
        for proof in (old, new):
            assert check_proof(actor=visitor(district.pk), text=proof.signed) is not None


def test_the_day_of_the_key_tells_of_no_reporter(district: District) -> None:
    """A house is ready to sign before anybody asks, and a proof begins no key."""
    with in_district(district.pk):
        before = published_keys(actor=visitor(district.pk))
        assert len(before) == 1
    proof_of(make_reporter(district))
    with in_district(district.pk):
        assert published_keys(actor=visitor(district.pk)) == before
    ProofKey.objects.update(retired_at=AT, salt="")
    with pytest.raises(WrongState):
        proof_of(make_reporter(district))


def test_only_those_who_may_change_the_key(district: District) -> None:
    coordinator = make_actor(district)
    with in_district(district.pk), pytest.raises(NotAllowed):
        rotate_proof_key(actor=coordinator, at=AT)
    with in_district(district.pk), pytest.raises(NotAllowed):
        ensure_proof_key(actor=coordinator, at=AT)


def test_only_its_owner_makes_and_opens_it(district: District) -> None:
    ref, proof = proof_of(make_reporter(district))
    other = make_actor(district)
    with signed_in_as(other), pytest.raises(NotFound):
        make_proof(actor=other, ref=ref, at=AT)
    with pytest.raises(NotFound):
        drawn(other, ref, proof.code)
    with signed_in_as(other):
        assert own_proofs(actor=other, ref=ref) == []


def test_a_stub_proves_nothing(district: District) -> None:
    reporter = make_reporter(district)
    ref, _proof = proof_of(reporter)
    with signed_in_as(reporter):
        close_clock(actor=reporter, ref=ref, at=AT)
        tidy_clock(actor=reporter, ref=ref, at=AT + KEPT)
        assert own_proofs(actor=reporter, ref=ref) == []
        with pytest.raises(WrongState):
            make_proof(actor=reporter, ref=ref, at=AT + KEPT)


@pytest.mark.parametrize(("language", "title"), [("en", "Record of a report"), ("es", "Registro de un reporte")])
def test_the_paper_is_accessible_and_names_nobody(district: District, language: str, title: str) -> None:
    reporter = make_reporter(district)
    ref, proof = proof_of(reporter)
    pdf = drawn(reporter, ref, proof.code, language)
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert str(paper.docinfo["/Title"]) == title
        assert "/MarkInfo" in paper.Root and str(paper.Root["/Lang"]) == language
        assert "/Author" not in paper.docinfo
    assert reporter.display_name.encode() not in pdf
    assert drawn(reporter, ref, proof.code, language) == pdf  # the same bytes each time


def test_a_command_checks_the_file_itself_without_any_server(
    district: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = make_reporter(district)
    ref, proof = proof_of(reporter)
    key = ProofKey.objects.get()
    keys, paper = tmp_path / "keys.json", tmp_path / "record.pdf"
    keys.write_text(json.dumps({"keys": {key.key_id: {"public_key": key.public_key}}}))
    paper.write_bytes(drawn(reporter, ref, proof.code))
    for given in (str(paper), proof.signed):
        assert main(["proof", "verify", given, "--keys", str(keys), "--json"]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["valid"], told["code"], told["received_at"]) == (True, proof.code, RECEIVED.isoformat())
    assert main(["proof", "verify", proof.signed[:-9], "--keys", str(keys)]) == 1


def test_the_words_of_a_proof_are_the_words_of_a_clock() -> None:
    assert set(proofs.KINDS) == set(LineKind.values) - {LineKind.RECEIVED}
    assert set(proofs.AGENCIES) == set(Agency.values)
    assert set(proofs.MANNERS) == set(Manner.values)
