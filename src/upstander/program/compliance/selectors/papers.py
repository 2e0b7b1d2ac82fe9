"""Drawing certificates and certifications as accessible PDFs, in either language."""

from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import SiteCertification
from upstander.program.compliance.selectors.certificates import Paper
from upstander.program.compliance.selectors.certifications import standing_told

DOCUMENTS = Path(__file__).parents[1] / "documents"
TEMPLATE, CERTIFICATION = DOCUMENTS / "certificate.typ", DOCUMENTS / "certification.typ"
GROUP = 4


def certificate_pdf(*, actor: Actor, paper: Paper, district_name: str, address: str, language: str) -> Drawn:
    """Draw `paper`, which a selector handed to this `actor`; `address` is where anyone can check it.

    The same certificate gives the same bytes each time: its date is the day it was issued.
    """
    with translation.override(language):
        said = _said(paper) | {"district": district_name, "address": address, "language": language[:2]}
    return draw(TEMPLATE, said, at=paper.issued_at)


def certification_pdf(*, actor: Actor, row: SiteCertification, district_name: str, language: str) -> Drawn:
    """Draw `row`, which a selector handed to this `actor`: who certified what was counted when."""
    standing = standing_told(row)
    with translation.override(language):
        said = {
            "district": district_name,
            "language": language[:2],
            "title": _("Certification of the yearly review"),
            "site": row.site.name,
            "statement": _(
                "I have reviewed how the staff of this site stand with the trainings below, and I know who still has "
                "to complete them."
            ),
            "head": [_("Training"), _("Done"), _("Due"), _("Overdue"), _("On leave")],
            "rows": [
                [each.title(language), f"{each.done} / {each.staff}", str(each.due), str(each.overdue), str(each.away)]
                for each in standing
            ],
            "facts": [
                [_("Certified by"), row.person.full_name],
                [_("On"), date_format(row.certified_on, "DATE_FORMAT")],
                [_("School year"), row.school_year.name],
            ],
            "limits": _(
                "The numbers are those of this moment. They are kept with the certification and do not change."
            ),
        }
    return draw(CERTIFICATION, said, at=row.recorded_at)


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
