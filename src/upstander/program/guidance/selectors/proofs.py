"""Reading proofs: one's own as a paper, the published keys, and the public question "is this proof real?"."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upstander.engines import proofs
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.models import ProofKey, ReportProof
from upstander.program.guidance.selectors.report import zone_name
from upstander.program.guidance.states import Agency, LineKind, Manner

TEMPLATE = Path(__file__).parents[1] / "documents" / "proof.typ"
GROUP = 4


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """The public half of a key of this server, and from which day (UTC) to which it signed."""

    key_id: str
    public_key: str
    started_on: dt.date
    retired_on: dt.date | None


@dataclass(frozen=True, slots=True)
class OwnProof:
    """A proof as its owner finds it beside their clock."""

    code: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a proof in words."""

    what: str
    agency: str
    manner: str
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a real proof says. It names nobody: whoever asks was given the proof."""

    code: str
    key_id: str
    made_at: dt.datetime
    received_at: dt.datetime
    lines: tuple[Told, ...]


def published_keys(*, actor: Actor) -> list[PublishedKey]:
    """Every key that ever signed here, newest first. Public: any `actor`, a visitor too."""
    rows = ProofKey.objects.order_by("-started_at", "-pk")
    return [PublishedKey(row.key_id, row.public_key, _day(row.started_at), _retired(row)) for row in rows]


def _retired(row: ProofKey) -> dt.date | None:
    return _day(row.retired_at) if row.retired_at else None


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(dt.UTC).date()


def check_proof(*, actor: Actor, text: str) -> Answer | None:
    """What the proof in `text` says, if a key of this server signed it; else None. Any actor, a visitor too."""
    proof = proofs.find(text)
    keys = {key.key_id: bytes.fromhex(key.public_key) for key in published_keys(actor=actor)}
    statement = proofs.verify(proof, keys) if proof else None
    return _answer(statement) if statement else None


def is_signed_text(text: str) -> bool:
    """Whether `text` is meant as a signed text, so that it can be called false; a record's number is none."""
    return proofs.begins(text)


def own_proofs(*, actor: Actor, ref: str) -> list[OwnProof]:
    """The proofs of one's own clock, newest first."""
    rows = ReportProof.objects.filter(clock__account_id=actor.account_id or 0, clock__ref=ref).order_by("-made_at")
    return [OwnProof(row.code, row.made_at) for row in rows]


def proof_pdf(*, actor: Actor, ref: str, code: str, zone: ZoneInfo, address: str, language: str) -> Drawn:
    """One of the actor's own proofs as a PDF; anyone else's is `NotFound`. `address` is where anyone can check it.

    The whole signed text stands in the QR code and in the file, so that it can be checked without this server.
    """
    row = ReportProof.objects.filter(
        clock__account_id=actor.account_id or 0, clock__ref=ref, code=code, district_id=actor.district_id
    ).first()
    keys = {key.key_id: bytes.fromhex(key.public_key) for key in published_keys(actor=actor)}
    statement = proofs.verify(row.signed, keys) if row else None
    if row is None or statement is None:
        raise NotFound("proof")
    with translation.override(language):
        said = _said(_answer(statement), zone, language) | {
            "language": language[:2],
            "signed": row.signed,
            "address": address,
            "qr": qr(f"{address}#{row.signed}"),
        }
    return draw(TEMPLATE, said, at=row.made_at)


def _answer(statement: proofs.Statement) -> Answer:
    lines = (
        Told(
            str(LineKind(deed.kind).label), str(Agency(deed.agency).label), str(Manner(deed.manner).label), deed.moment
        )
        for deed in statement.deeds
    )
    return Answer(statement.code, statement.key_id, statement.made_at, statement.received_at, tuple(lines))


def _said(answer: Answer, zone: ZoneInfo, language: str) -> dict[str, object]:
    def shown(moment: dt.datetime) -> str:
        return f"{date_format(moment.astimezone(zone), 'DATETIME_FORMAT')} ({zone_name(zone.key, language)})"

    return {
        "title": _("Record of a report"),
        "lead": _("Made by the person who reported, and kept by them. It names nobody."),
        "facts": [
            [_("The information came"), shown(answer.received_at)],
            *([line.what, f"{shown(line.moment)} · {line.agency} · {line.manner}"] for line in answer.lines),
            [_("This paper was made"), shown(answer.made_at)],
            [_("Record number"), spaced(answer.code)],
            [_("Key"), answer.key_id],
        ],
        "verify": _("Anyone can check this record, also without this server, with the code in the picture, or at"),
        "picture": _("QR code with the signed record"),
        "limits": _("The times are what the person entered. The signature shows that nothing was changed since."),
    }


def spaced(code: str) -> str:
    """A code in groups of four, as it is read out."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
