"""The packing list as a PDF. Its title says nothing: it lies on top of a parcel."""

from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upstander.district.places.selectors import district_of
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.materials.models import Parcel
from upstander.program.materials.selectors.parcels import wanted_of

TEMPLATE = Path(__file__).parent.parent / "documents" / "packing.typ"


def packing_pdf(*, actor: Actor, parcel: Parcel, language: str) -> Drawn:
    """The list of a parcel that the actor was given: what is in it, and what will still come."""
    district, site = district_of(actor=actor), parcel.request.site
    with translation.override(language):
        moved = parcel.movements.select_related("edition__material").order_by("id")
        lines = [
            [
                each.edition.material.title_in(language),
                each.edition.get_language_display(),
                date_format(each.edition.edition_on, "DATE_FORMAT"),
                str(each.site_change),
            ]
            for each in moved
        ]
        ended = parcel.is_last
        rest = [] if ended else [line for line in wanted_of(actor=actor, request=parcel.request) if line.rest]
        open_lines = [f"{line.title}, {translated(line.language)}: {line.rest}" for line in rest]
        sent_on = date_format(parcel.sent_at.astimezone(ZoneInfo(district.zone)), "DATE_FORMAT")
        data = {
            "language": language,
            "title": _("Packing list"),
            "district": district.name,
            "site": site.name,
            "street": ", ".join(part for part in (site.street, site.city) if part),
            "how": f"{parcel.get_how_display()}, {sent_on}",
            "head": [_("What"), _("Language"), _("Edition of"), _("Copies")],
            "lines": lines,
            "rest_title": _("Still to come"),
            "rest": open_lines,
            "check": _("Counted and received by:"),
        }
    return draw(TEMPLATE, data, at=parcel.sent_at)


def translated(language: str) -> str:
    """The name of a language of our materials."""
    return {"en": _("English"), "es": _("Spanish")}.get(language, language)
