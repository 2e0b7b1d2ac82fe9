"""Promises of people outside: proved by a mail, held for a while, thanked for when they come.

Nothing is promised before the link is followed. What is said to an address nobody proved is always the same.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.limits import within_limit
from upstander.program.materials import events, policies, states
from upstander.program.materials.models import DonorWish, DropOff, Pledge
from upstander.program.materials.selectors.wishes import open_wish
from upstander.program.materials.services import _pledge_mails
from upstander.program.training.policies import require_key

LINK_LIVES = dt.timedelta(hours=24)
PROMISE_LIVES = dt.timedelta(days=30)
REMINDED_BEFORE = dt.timedelta(days=7)
MAILS_A_DAY = 5  # to one address: nobody's mailbox is filled by strangers


@transaction.atomic
def pledge_by_mail(*, actor: Actor, ref: str, count: int, email: str, language: str, at: dt.datetime) -> str:
    """Keep a promise aside and mail a link to the address; following it makes the promise. For anyone; gives its ref.

    Raises Invalid for more than is still wanted, NotFound for a wish that has ended.
    """
    line = open_wish(actor=actor, ref=ref, at=at)
    _require_wanted(count, line.still)
    if not within_limit("pledge-by-mail", email.lower(), most=MAILS_A_DAY, seconds=24 * 60 * 60, at=at):
        raise Invalid(
            _("Several links were sent to this address today. Please look for them, or try tomorrow."), "email"
        )
    pledge = Pledge.objects.create(
        district_id=actor.district_id,
        wish=line.wish,
        count=count,
        email=email.lower(),
        language=language,
        state=states.Pledge.UNPROVEN,
        state_since=at,
        expires_at=at + LINK_LIVES,
    )
    record(events.PLEDGE_ASKED, actor=actor, subject=pledge.ref, at=at, wish=ref)
    _pledge_mails.tell(actor, pledge, "wish_prove", at)
    return pledge.ref


@transaction.atomic
def prove_pledge(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Pledge:
    """Make the promise that waited for this link, and say where it can be brought.

    Raises NotFound for a link that ran out, WrongState for one that was used, and Invalid with a kind sentence when
    others have promised the rest meanwhile, or when the same address holds a promise for this wish.
    """
    pledge = _by_key(ref, key)
    if pledge.expires_at <= at:
        raise NotFound(ref)
    after = states.after(pledge.state, "prove")
    wish = DonorWish.objects.select_for_update(of=("self",)).get(pk=pledge.wish_id)
    # Whoever corrects the place waits, and then tells of it too; whoever was faster has the right one mailed.
    pledge.wish.place = DropOff.objects.select_for_update().get(pk=wish.place_id)
    line = open_wish(actor=actor, ref=wish.ref, at=at)
    _require_wanted(pledge.count, line.still)
    if Pledge.objects.filter(wish=wish, email=pledge.email, state=states.Pledge.PROMISED).exists():
        raise Invalid(_("You have promised some of this already; the link is in your mail. Thank you."), "count")
    _move(pledge, after, at, expires_at=at + PROMISE_LIVES)
    record(events.PLEDGED, actor=actor, subject=ref, at=at, wish=wish.ref, count=pledge.count)
    _pledge_mails.tell(actor, pledge, "wish_promised", at)
    return pledge


@transaction.atomic
def withdraw_pledge(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> None:
    """Take a promise back; whoever holds its key may. Nobody is asked why."""
    pledge = _by_key(ref, key)
    _move(pledge, states.after(pledge.state, "withdraw"), at)
    record(events.PLEDGE_WITHDRAWN, actor=actor, subject=ref, at=at)


@transaction.atomic
def receive_pledge(*, actor: Actor, ref: str, count: int, at: dt.datetime) -> None:
    """Say how many really came, and thank the donor; what did not come is wanted again. Needs `materials.manage`."""
    policies.require_manager(actor)
    policies.require_count(count, "count")
    pledge = _locked(ref)
    _move(pledge, states.after(pledge.state, "receive"), at, received_count=count)
    record(events.PLEDGE_RECEIVED, actor=actor, subject=ref, at=at, count=count)
    _pledge_mails.tell(actor, pledge, "wish_thanks", at)


@transaction.atomic
def tend_pledges(*, actor: Actor, at: dt.datetime) -> int:
    """Remind of promises that end within a week, once; end those whose time is over. Gives how many were touched.

    Only the job does this. Safe to run twice, or to be killed.
    """
    promised = Pledge.objects.select_for_update(of=("self",)).filter(
        district_id=actor.district_id, state=states.Pledge.PROMISED
    )
    expired = list(promised.filter(expires_at__lte=at).order_by("id"))
    for pledge in expired:
        _move(pledge, states.after(pledge.state, "expire"), at)
        _pledge_mails.tell(actor, pledge, "wish_expired", at)
    soon = promised.filter(expires_at__gt=at, expires_at__lte=at + REMINDED_BEFORE, reminded_at__isnull=True)
    reminded = list(soon.order_by("id"))
    for pledge in reminded:
        pledge.reminded_at = at
        pledge.save(update_fields=["reminded_at"])
        _pledge_mails.tell(actor, pledge, "wish_reminder", at)
    if expired or reminded:
        told = {"reminded": len(reminded), "expired": len(expired)}
        record(events.PLEDGES_TENDED, actor=actor, subject="pledges", at=at, **told)
    return len(expired) + len(reminded)


def _require_wanted(count: int, still: int) -> None:
    if not still:
        raise Invalid(_("Others have promised all of it by now. Thank you for wanting to help."), "count")
    if not 1 <= count <= still:
        raise Invalid(_("Please give a number from %(least)s to %(most)s.") % {"least": 1, "most": still}, "count")


def _by_key(ref: str, key: str) -> Pledge:
    require_key(ref, key)
    return _locked(ref)


def _locked(ref: str) -> Pledge:
    found = Pledge.objects.select_for_update(of=("self",)).select_related("wish__place").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def _move(pledge: Pledge, state: str, at: dt.datetime, **more: object) -> None:
    pledge.state, pledge.state_since = state, at
    for name, value in more.items():
        setattr(pledge, name, value)
    pledge.save(update_fields=["state", "state_since", *more])
