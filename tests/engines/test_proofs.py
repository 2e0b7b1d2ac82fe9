"""A proof says what was signed, and nothing that was changed by one character is a proof."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from upstander.engines import proofs
from upstander.engines.proofs import AGENCIES, KINDS, MANNERS, Deed, Statement

SEED = bytes(range(32))
KEYS = {proofs.key_id(proofs.public_key(SEED)): proofs.public_key(SEED)}
CAME = datetime(2026, 9, 19, 0, 0, tzinfo=UTC)
# Signed once and written down: a proof made today must be read the same in ten years.
OLD = "0000111122223333"


def statement(*deeds: Deed) -> Statement:
    return Statement(OLD, next(iter(KEYS)), CAME + timedelta(days=3), CAME, deeds)


CALL = Deed("attempt", "child_welfare", "answered", CAME + timedelta(minutes=10))
SENT = Deed("written", "child_welfare", "online", CAME + timedelta(hours=35))


def test_it_says_what_was_signed() -> None:
    told = statement(CALL, SENT)
    assert proofs.verify(proofs.sign(told, SEED), KEYS) == told


@given(
    st.lists(
        st.builds(
            Deed,
            st.sampled_from(KINDS),
            st.sampled_from(AGENCIES),
            st.sampled_from(MANNERS),
            st.integers(-10_000, 1_000_000).map(lambda minutes: CAME + timedelta(minutes=minutes)),
        ),
        max_size=60,
    )
)
def test_every_record_fits_and_comes_back(deeds: list[Deed]) -> None:
    proof = proofs.sign(statement(*deeds), SEED)
    assert len(proof) <= 2_000
    assert proofs.verify(proof, KEYS) == statement(*deeds)


def test_one_changed_character_is_no_proof() -> None:
    proof = proofs.sign(statement(CALL), SEED)
    for place in range(len(proof)):
        for other in "A.":
            changed = proof[:place] + other + proof[place + 1 :]
            told = proofs.verify(changed, KEYS)
            # The last character of base64 has bits that say nothing; all others count.
            assert changed == proof or told is None or (place == len(proof) - 1 and told == statement(CALL))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UP1..",
        "UP1.e30.e30",
        "UP1.W10.e30",
        "UP2.e30.e30",
        "UP1." + "A" * 5_000 + ".A",
        "UP1.e30.e30\n",
        "UP1.🙂.e30",
    ],
)
def test_nonsense_is_refused_and_breaks_nothing(text: str) -> None:
    assert proofs.verify(text, KEYS) is None


def test_nothing_unsigned_is_read() -> None:
    """JSON nested deep enough breaks its reader; a stranger's is not read at all, and ours neither breaks anything."""
    deep = f"UP1.{proofs._encoded(b'[' * 2_900)}"
    assert proofs.verify(f"{deep}.AAAA", KEYS) is None
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(deep.encode())
    assert proofs.verify(f"{deep}.{proofs._encoded(signature)}", KEYS) is None


def test_another_servers_key_is_no_key_of_ours() -> None:
    proof = proofs.sign(statement(CALL), bytes(32))
    assert proofs.verify(proof, KEYS) is None
    assert proofs.verify(proof, {}) is None


def test_a_proof_is_found_in_an_address() -> None:
    proof = proofs.sign(statement(CALL), SEED)
    assert proofs.find(f"https://example.org/en/report/verify/#{proof}") == proof
    assert proofs.find("nothing here") is None


def test_the_tables_keep_their_places() -> None:
    """Old proofs hold places, not words: nothing may move."""
    assert KINDS[:3] == ("attempt", "written", "answer")
    assert AGENCIES[:4] == ("child_welfare", "law", "probation", "other")
    assert " ".join(MANNERS[:12]) == (
        "answered busy on_hold cut_off online mail fax in_person other confirmed result question"
    )
