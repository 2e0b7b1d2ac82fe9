"""Papers of gatherings, drawn."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.program.gatherings.content.invitations import Invitation, lead_of, lines_of, title_of

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"


def letter_pdf(invitation: Invitation, *, district: str, addresses: Mapping[str, str], at: dt.datetime) -> Drawn:
    """The invitation on paper, a page for each language of `addresses`, which lead to the page for families."""
    sides = [_side(invitation, language, address) for language, address in addresses.items()]
    data = {"document": sides[0]["title"], "district": district, "site": invitation.site_name, "sides": sides}
    return draw(DOCUMENTS / "letter.typ", data, at=at)


def _side(invitation: Invitation, language: str, address: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "language": language,
            "title": title_of(invitation),
            "lead": lead_of(),
            "lines": [asdict(line) for line in lines_of(invitation)],
            "scan": _("This invitation with a calendar file"),
            "address": address,
            "qr": qr(address),
        }
