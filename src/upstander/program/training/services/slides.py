"""Naming the slides that a district shows in its sessions."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.training import events
from upstander.program.training.models import ADDRESS_LENGTH, SLIDES_LENGTH, OfferingSlides, slides_name
from upstander.program.training.selectors.offerings import edition_called

_is_address = URLValidator(schemes=["https"])


@transaction.atomic
def name_slides(*, actor: Actor, edition: str, title: str, address: str, at: dt.datetime) -> None:
    """Say which slides belong to an edition: their title and, if they lie on the web, their address.

    What was named before stays in the table with its day. Needs `training.plan` in the whole district. Raises NotFound
    for an edition that is not known, Invalid with the fields "title" and "address".
    """
    require(actor, "training.plan", Place(actor.district_id))
    if edition_called(actor=actor, name=edition) is None:
        raise NotFound(edition)
    address = _checked(title, address)
    named = OfferingSlides.objects.create(
        district_id=actor.district_id,
        edition=edition,
        title=title,
        address=address,
        account_id=actor.account_id,
        at=at,
    )
    record(events.SLIDES_NAMED, actor=actor, subject=named.ref, at=at, edition=edition)


def web_address(address: str) -> str:
    """An https address as it is kept, its scheme in small letters (phones begin with a capital one); "" stays.

    Raises Invalid at "address".
    """
    scheme, colon, rest = address.partition(":")
    try:
        if address:
            _is_address(address)
    except ValidationError:
        raise Invalid(_("Please give an address that begins with https://, or none."), "address") from None
    if len(address) > ADDRESS_LENGTH:
        raise Invalid(_("This is too long."), "address")
    return scheme.lower() + colon + rest


def _checked(title: str, address: str) -> str:
    try:
        slides_name(title)
    except ValidationError as wrong:
        raise Invalid(wrong.messages[0], "title") from None
    if len(title) > SLIDES_LENGTH:
        raise Invalid(_("This is too long."), "title")
    return web_address(address)
