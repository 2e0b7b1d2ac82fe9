"""Asking without an account: an address is proved by a link first, and the same kind of link opens the request's page.

Nothing is a request before the link is followed. What a visitor may do is lent for one call at a time, by the key.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.limits import within_limit
from upstander.foundation.notices.services import Recipient
from upstander.program.training import events, policies
from upstander.program.training.content import kinds
from upstander.program.training.models import Request, UnprovenRequest
from upstander.program.training.selectors.twins import twins_of
from upstander.program.training.services import _mails
from upstander.program.training.services._wishes import Window, Wish, check_wish
from upstander.program.training.services.requests import change_days, request_training, withdraw_request

LINK_LIVES = dt.timedelta(hours=24)
MAILS_A_DAY = 5  # to one address: nobody's mailbox is filled by strangers


@transaction.atomic
def ask_by_mail(*, actor: Actor, wish: Wish, email: str, language: str, at: dt.datetime) -> None:
    """Keep the wish aside and mail a link to the address; following it makes the request.

    Says the same whether or not the address is known here. Raises Invalid like `request_training`, NotFound for a
    kind that is not open to everyone.
    """
    kind = kinds.kind_of(wish.kind)
    if not kind.is_public:
        raise NotFound(wish.kind)
    asking = _asking(actor)
    site = site_by_ref(actor=asking, ref=wish.site_ref, on=policies.today(actor, at), capability="training.request")
    check_wish(
        asking, site, wish, lambda: twins_of(actor=actor, site=site, kind=kind.key, audience=wish.audience, at=at), at
    )
    asked_for = next((each.key for each in kind.questions if each.type == "phone"), None)
    if asked_for and not wish.contact_phone:
        raise Invalid(_("Please give the number we shall call."), asked_for)
    if not within_limit("ask-by-mail", email.lower(), most=MAILS_A_DAY, seconds=24 * 60 * 60, at=at):
        raise Invalid(
            _("Several links were sent to this address today. Please look for them, or try tomorrow."), "email"
        )
    unproven = UnprovenRequest.objects.create(
        district_id=actor.district_id,
        email=email.lower(),
        language=language,
        wish=wish.to_json(),
        asked_at=at,
        expires_at=at + LINK_LIVES,
    )
    record(events.ASKED_BY_MAIL, actor=actor, subject=unproven.ref, at=at, kind=kind.key)
    _mails.tell_unproven(actor, unproven, kind.noun.in_language(language), site.name, at)


@transaction.atomic
def prove_request(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Request:
    """Make the request out of what waited for this link; the link works once.

    Raises NotFound for a link that ran out or was used, Invalid when a wished day is over meanwhile.
    """
    policies.require_key(ref, key)
    unproven = UnprovenRequest.objects.select_for_update().filter(ref=ref, expires_at__gt=at).first()
    if unproven is None:
        raise NotFound(ref)
    wish = Wish.from_json({**unproven.wish, "twice_is_meant": True})
    made = request_training(
        actor=_asking(actor), wish=wish, at=at, asked_for=Recipient(unproven.email, unproven.language)
    )
    unproven.delete()
    return made


@transaction.atomic
def withdraw_by_link(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> None:
    """`withdraw_request` for the visitor who holds the key."""
    policies.require_key(ref, key)
    withdraw_request(actor=lend(actor, "training.follow"), ref=ref, at=at)


@transaction.atomic
def change_days_by_link(
    *, actor: Actor, ref: str, key: str, windows: tuple[Window, ...], closed_day_is_meant: bool, at: dt.datetime
) -> Request:
    """`change_days` for the visitor who holds the key."""
    policies.require_key(ref, key)
    lent = lend(actor, "training.follow")
    return change_days(actor=lent, ref=ref, windows=windows, closed_day_is_meant=closed_day_is_meant, at=at)


def _asking(actor: Actor) -> Actor:
    return lend(actor, "training.request")
