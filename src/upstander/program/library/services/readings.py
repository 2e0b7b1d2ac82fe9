"""Reviewing the pages of the edition for a district. Loading an edition neither makes a review nor takes one over."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.district.people.selectors import languages_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound, WrongState
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.library import events, policies, states
from upstander.program.library.content.readings import passages_of
from upstander.program.library.models import PageReview, PageReviewEnd
from upstander.program.library.selectors.pages import shipped_page
from upstander.program.library.selectors.readings import may_take_back, reading_of
from upstander.program.library.services._hold import account_id, hold_district

TAKEN_BACK = "review_taken_back"


@transaction.atomic
def sign_page(*, actor: Actor, page: str, step: states.Step, edition: str, on: dt.date, at: dt.datetime) -> None:
    """Say in one role that a page of the edition, as it reads now, is right for the district. Its readers are told.

    `edition` is the one that was read. Raises NotFound for a page that does not ship, WrongState where a newer one has
    come meanwhile, or the review is taken. Needs the role's capability.
    """
    require(actor, states.CAPABILITY[step], Place(actor.district_id))
    hold_district(actor)
    shipped = shipped_page(page)
    reading = reading_of(actor=actor, page=shipped, on=on)
    if edition != reading.edition:
        raise WrongState(_("A newer edition of this page has come meanwhile. Please read that one."))
    if step not in reading.steps:
        taken = {row.taken_by_id for row in reading.signed}
        raise policies.not_theirs(actor, taken, _("Somebody has taken this review already."))
    PageReview(
        district_id=actor.district_id,
        page=page,
        edition=edition,
        step=step,
        said=passages_of(shipped),
        read_on=on,
        taken_by_id=account_id(actor),
        taken_at=at,
    ).save(force_insert=True)
    record(events.PAGE_SIGNED, actor=actor, subject=page, at=at, role=str(step), edition=edition)
    events.CHANGED.tell(actor)


@transaction.atomic
def take_back_review(
    *, actor: Actor, page: str, ref: str, reason: states.TakenBack, on: dt.date, at: dt.datetime
) -> None:
    """Take back a review of a page of the edition as it reads now. The page is open again, its readers are told so, and
    whoever took part gets a mail that names no page.

    Raises NotFound where no such review stands, NotAllowed for who neither took it nor holds its role.
    """
    hold_district(actor)
    shipped = shipped_page(page)
    signed = reading_of(actor=actor, page=shipped, on=on).signed
    row = next((row for row in signed if row.ref == ref), None)
    if row is None:
        raise NotFound(ref)
    if not may_take_back(actor=actor, row=row):
        raise NotAllowed(states.CAPABILITY[states.Step(row.step)])
    by = account_id(actor)
    end = PageReviewEnd(district_id=actor.district_id, review=row, reason=reason, taken_by_id=by, taken_at=at)
    end.save(force_insert=True)
    told = [each.taken_by for each in signed if each.taken_by_id != by]
    languages = languages_of(actor=actor, accounts=told)
    drafts = [
        Draft(Recipient(each.email, languages.get(each.pk, "en")), f"review_end:{end.ref}:{each.ref}", {})
        for each in told
    ]
    post_notices(actor=actor, kind=TAKEN_BACK, drafts=drafts, at=at)
    record(
        events.PAGE_UNSIGNED, actor=actor, subject=page, at=at, role=row.step, edition=row.edition, reason=str(reason)
    )
    events.CHANGED.tell(actor)
