"""A district with what ships on its shelf, and sites that ask for it."""

from typing import Any

from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.program.materials.models import Edition
from upstander.program.materials.services.catalogue import take_shipped
from upstander.program.materials.services.parcels import Packed
from upstander.program.materials.services.stock import receive_copies
from upstander.program.training.models import Request
from upstander.program.training.services.requests import Wish, request_training


def stock_up(world: World, copies: int = 100) -> dict[tuple[str, str], Edition]:
    """Take in what ships with so many copies of each edition; the editions by material and language."""
    with in_district(world.district.pk):
        take_shipped(actor=world.coordinator, at=AT)
        for edition in Edition.objects.order_by("id"):
            if copies:
                receive_copies(actor=world.coordinator, edition_ref=edition.ref, count=copies, at=AT)
        found = Edition.objects.select_related("material")
        return {(edition.material.key, edition.language): edition for edition in found}


def ask_materials(world: World, copies: int = 50, **more: Any) -> Request:
    """The administrator asks for posters in English, unless told otherwise."""
    told = {"languages": ("en",), **more}
    answers = {"items": told.pop("items", ["help_poster"]), "copies": copies, "delivery": "mail"}
    site = told.pop("site", world.site)
    wish = Wish(site.ref, "everyone", kind="materials", answers=answers, twice_is_meant=True, **told)
    with in_district(world.district.pk):
        return request_training(actor=world.coordinator, wish=wish, at=AT)


def packed(edition: Edition, count: int, **more: Any) -> Packed:
    """A parcel with one edition, however much the site had this year."""
    return Packed({edition.ref: count}, "mail", **{"limit_is_meant": True, **more})
