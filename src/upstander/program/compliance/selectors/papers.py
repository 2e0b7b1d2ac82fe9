"""Drawing a certificate as an accessible PDF, in either language."""

from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.certificates import Paper

TEMPLATE = Path(__file__).parents[1] / "documents" / "certificate.typ"
GROUP = 4


def certificate_pdf(*, actor: Actor, paper: Paper, district_name: str, address: str, language: str) -> Drawn:
    """Draw `paper`, which a selector handed to this `actor`; `address` is where anyone can check it.

    The same certificate gives the same bytes each time: its date is the day it was issued.
    """
    with translation.override(language):
        said = _said(paper) | {"district": district_name, "address": address, "language": language[:2]}
    return draw(TEMPLATE, said, at=paper.issued_at)


def spaced(code: str) -> str:
    """A code in groups of four, as it is read out: ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _said(paper: Paper) -> dict[str, object]:
    return {
        "title": _("Certificate of completion"),
        "person": paper.person_name,
        "completed": _("completed the training"),
        "training": paper.title,
        "facts": [
            [_("Completed on"), date_format(paper.completed_on, "DATE_FORMAT")],
            [_("Valid through"), date_format(paper.valid_through, "DATE_FORMAT")],
            [_("Code"), spaced(paper.code)],
        ],
        "verify": _("Anyone can check this certificate at"),
    }
