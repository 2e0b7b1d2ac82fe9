"""Signed proofs: their owner asks for one, and the server's key changes when an administrator says so.

No private key is stored. It is made of the server's secret and of a random salt in the key's row, so neither the
database nor the secret alone can sign. Retiring a key erases its salt.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines import proofs
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_turn
from upstander.foundation.kernel.errors import WrongState
from upstander.foundation.kernel.refs import new_code
from upstander.foundation.kernel.secrets import keyed_digest
from upstander.program.guidance import events
from upstander.program.guidance.models import CODE_LENGTH, ProofKey, ReportClockLine, ReportProof
from upstander.program.guidance.services._kept import came_at, lines_of, locked_clock, standing
from upstander.program.guidance.services._veil import veiled_record
from upstander.program.guidance.states import LineKind


@transaction.atomic
def make_proof(*, actor: Actor, ref: str, at: dt.datetime) -> ReportProof:
    """Sign what one's own clock says now: times and agencies, a random code, never a name or a digit of a reference.

    Raises `WrongState` for a clock that has forgotten its lines, and when there is no key: none is begun here, for
    its day would tell when somebody first made a proof.
    """
    clock = locked_clock(actor, ref)
    lines = lines_of(clock.pk)
    received_at = came_at(lines)
    if received_at is None:
        raise WrongState(_("There is nothing left that could be proved."))
    key = _key_in_use()
    if key is None:
        raise WrongState(_("This server cannot sign at the moment. Please tell the people who run it."))
    statement = proofs.Statement(
        code=new_code(CODE_LENGTH),
        key_id=key.key_id,
        made_at=at,
        received_at=received_at,
        deeds=tuple(_deed(line) for line in standing(lines) if line.kind != LineKind.RECEIVED),
    )
    proof = ReportProof.objects.create(
        district_id=actor.district_id,
        clock=clock,
        code=statement.code,
        signed=proofs.sign(statement, _seed(key.salt)),
        made_at=at,
    )
    veiled_record(events.PROOF_MADE, actor=actor, ref=ref, at=at)
    return proof


@transaction.atomic
def rotate_proof_key(*, actor: Actor, at: dt.datetime) -> str:
    """Retire the key in use and begin a new one; gives the new key's id. Needs `proof.rotate` in the house.

    Proofs of retired keys stay valid: their public halves stay published.
    """
    require(actor, "proof.rotate", Place(actor.district_id))
    new = _begin(at)
    record(events.PROOF_KEY_ROTATED, actor=actor, subject=new.key_id, at=at, key_id=new.key_id)
    return new.key_id


@transaction.atomic
def ensure_proof_key(*, actor: Actor, at: dt.datetime) -> str:
    """Begin a key when there is none, or when the secret was changed; gives the id of the key in use.

    Needs `proof.rotate` in the house. For the start of the house: after migrating, and when a worker starts.
    """
    require(actor, "proof.rotate", Place(actor.district_id))
    in_turn("guidance.proof_key")  # of two who start at once, one begins the key and the other finds it
    if key := _key_in_use():
        return key.key_id
    new = _begin(at)
    record(events.PROOF_KEY_ROTATED, actor=actor, subject=new.key_id, at=at, key_id=new.key_id)
    return new.key_id


def _deed(line: ReportClockLine) -> proofs.Deed:
    return proofs.Deed(line.kind, line.agency, line.manner, line.happened_at)


def _key_in_use() -> ProofKey | None:
    """The key that signs; None when there is none, or when it was made with another secret."""
    key = ProofKey.objects.filter(retired_at__isnull=True).first()
    is_ours = key is not None and proofs.public_key(_seed(key.salt)).hex() == key.public_key
    return key if is_ours else None


def _begin(at: dt.datetime) -> ProofKey:
    ProofKey.objects.filter(retired_at__isnull=True).update(retired_at=at, salt="")
    salt = secrets.token_hex(hashlib.sha256().digest_size)
    public = proofs.public_key(_seed(salt))
    return ProofKey.objects.create(
        key_id=proofs.key_id(public), public_key=public.hex(), salt=salt, started_at=at, retired_at=None
    )


def _seed(salt: str) -> bytes:
    """The private key: 32 bytes that exist only while something is signed."""
    return keyed_digest("report-proof-key", salt)
