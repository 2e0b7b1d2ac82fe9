"""Papers of gatherings, drawn."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.program.gatherings.content.invitations import Invitation, lead_of, lines_of, title_of
from upstander.program.gatherings.models import AgendaSlot, Symposium

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


def agenda_pdf(symposium: Symposium, *, district: str, language: str, address: str, at: dt.datetime) -> Drawn:
    """The agenda of a symposium as a selector gave it, with its slots, speakers and hosts."""
    with translation.override(language):
        title = symposium.title_es if language == "es" else symposium.title_en
        day = date_format(symposium.on, _("l, F j, Y"))
        data = {
            "document": "Upstander",
            "language": language,
            "district": district,
            "title": title,
            "when": f"{day}, {time_format(symposium.starts)} – {time_format(symposium.ends)}",
            "place": symposium.place,
            "agenda": _("Agenda"),
            "slots": [_slot(slot, language) for slot in symposium.slots.all()],
            "hosted": _("Given together with"),
            "hosts": [host.name for host in symposium.hosts.all()],
            "scan": _("This agenda as it is today"),
            "address": address,
            "qr": qr(address),
        }
    return draw(DOCUMENTS / "agenda.typ", data, at=at)


def _slot(slot: AgendaSlot, language: str) -> dict[str, str]:
    speakers = (", ".join(filter(None, (each.name, each.organization))) for each in slot.speakers.all())
    return {
        "time": f"{time_format(slot.starts)} – {time_format(slot.ends)}",
        "title": slot.title_es if language == "es" else slot.title_en,
        "room": slot.room,
        "speakers": "; ".join(speakers),
    }
