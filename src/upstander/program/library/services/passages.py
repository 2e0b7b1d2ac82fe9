"""A district's own words on the shipped pages: written by one person, reviewed by others, shown from a day on."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.program.facts.content.language import shipped_rules
from upstander.program.library import events, policies, states
from upstander.program.library.content.pages import Page
from upstander.program.library.content.passages import Spot
from upstander.program.library.models import LocalPassage, PassageKept, PassageStep
from upstander.program.library.selectors.pages import levels_with, shipped_editions, shipped_page
from upstander.program.library.selectors.passages import (
    Line,
    Version,
    lines_of,
    steps_for,
    version_by_ref,
)
from upstander.program.library.selectors.stale import stale_words
from upstander.program.library.services._hold import account_id, hold_district
from upstander.program.library.services._prints import make_prints_again


@transaction.atomic
def enter_passage(
    *, actor: Actor, page: str, spot: Spot, said: Text, shows_on: dt.date, on: dt.date, at: dt.datetime
) -> LocalPassage:
    """Write the district's words for a passage. Nothing is shown until every required step is taken, nor before a day.

    Raises WrongState while another version of it is under way, and Invalid at `en`, `es` or `shows_on` with the
    linter's findings, for a page that would become too hard, and for words that are the edition's own. Spanish may
    follow later: without it nobody can review. Needs `pages.edit`.
    """
    require(actor, "pages.edit", Place(actor.district_id))
    shipped, writer = shipped_page(page), account_id(actor)
    refuse(policies.check_words(said, spot, shipped, shipped_rules()))
    if said == spot.words:
        raise Invalid(_("These are the words of the edition already."), "en")
    if shows_on < on:
        raise Invalid(_("Give today or a day to come."), "shows_on")
    refuse(
        Invalid(policies.too_hard(level), level.language)
        for level in levels_with(page=shipped, spot=spot, said=said).harder
    )
    line = _free_line(actor, shipped, spot, on)
    row = LocalPassage(
        district_id=actor.district_id,
        page=page,
        kind=spot.kind,
        block=spot.block,
        item=spot.item,
        was_en=spot.words.en,
        was_es=spot.words.es,
        en=said.en,
        es=said.es,
        replaces=line.shown.row if line.shown else None,
        shows_on=shows_on,
        entered_by_id=writer,
        entered_at=at,
    )
    row.save(force_insert=True)
    record(events.PASSAGE_ENTERED, actor=actor, subject=row.ref, at=at, page=page, kind=spot.kind)
    return row


@transaction.atomic
def take_step(*, actor: Actor, ref: str, step: str, on: dt.date, at: dt.datetime) -> None:
    """Review or vet somebody else's words in one role. Raises WrongState where the step is not to be taken now."""
    version = _locked(actor, ref, on)
    if step not in steps_for(actor=actor, version=version):
        otherwise = _("This step cannot be taken here: it is done, not yours, or Spanish is still missing.")
        raise policies.not_theirs(actor, version.barred, otherwise)
    _keep(actor, version, step, at)
    record(events.PASSAGE_STEP, actor=actor, subject=ref, at=at, page=version.row.page, step=str(step))


@transaction.atomic
def refuse_passage(*, actor: Actor, ref: str, on: dt.date, at: dt.datetime) -> None:
    """Say that somebody else's words are not shown. For whoever could review them now."""
    version = _locked(actor, ref, on)
    if not steps_for(actor=actor, version=version):
        raise policies.not_theirs(actor, version.barred, _("This is no longer to be decided by you."))
    _keep(actor, version, states.Step.REFUSED, at)
    record(events.PASSAGE_STEP, actor=actor, subject=ref, at=at, page=version.row.page, step="refused")


@transaction.atomic
def withdraw_passage(*, actor: Actor, ref: str, on: dt.date, at: dt.datetime) -> None:
    """Take the district's words out, shown or not: the edition's own stand there again at once. Needs `pages.edit`."""
    require(actor, "pages.edit", Place(actor.district_id))
    version = _locked(actor, ref, on)
    if version.stand in {states.Stand.OUT, states.Stand.REPLACED}:
        raise WrongState(_("These words are out already."))
    step = states.Step.ENDED if version.stand == states.Stand.STANDS else states.Step.WITHDRAWN
    _keep(actor, version, step, at)
    record(events.PASSAGE_STEP, actor=actor, subject=ref, at=at, page=version.row.page, step=str(step))


@transaction.atomic
def keep_passage(*, actor: Actor, ref: str, edition: str, on: dt.date, at: dt.datetime) -> None:
    """Keep the district's words over what the page's present `edition` says: they are as they were reviewed.

    Raises WrongState for words that no newer edition asks about, and where yet another one has come. `pages.edit`.
    """
    require(actor, "pages.edit", Place(actor.district_id))
    version = _locked(actor, ref, on)
    stale = next((each for each in stale_words(actor=actor, on=on) if each.version.row.ref == ref), None)
    if stale is None or edition != shipped_editions()[stale.page]:
        raise WrongState(_("The edition does not ask this any more. Please look again."))
    over, own = stale.spot, version.own
    PassageKept(
        district_id=actor.district_id,
        passage=version.row,
        block=over.block if over else own.block,
        item=over.item if over else own.item,
        was_en=over.words.en if over else "",
        was_es=over.words.es if over else "",
        kept_by_id=account_id(actor),
        kept_at=at,
    ).save(force_insert=True)
    record(events.PASSAGE_STEP, actor=actor, subject=ref, at=at, page=stale.page, step="kept")


def _free_line(actor: Actor, page: Page, spot: Spot, on: dt.date) -> Line:
    """The passage as it is now, held until the transaction ends. Raises WrongState while a version is under way."""
    hold_district(actor)
    lines, _lost = lines_of(actor=actor, page=page, on=on)
    line = next((line for line in lines if line.spot == spot), None)
    if line is None:
        raise NotFound(page.key)
    if line.under_way:
        raise WrongState(_("A version of this is under way already. Take it back, or have it decided first."))
    return line


def _locked(actor: Actor, ref: str, on: dt.date) -> Version:
    """The words, with one decision at a time in the district."""
    hold_district(actor)
    return version_by_ref(actor=actor, ref=ref, on=on)


def _keep(actor: Actor, version: Version, step: str, at: dt.datetime) -> None:
    row = version.row
    PassageStep(
        district_id=actor.district_id,
        passage=row,
        step=step,
        entered_by_id=row.entered_by_id,
        taken_by_id=account_id(actor),
        taken_at=at,
    ).save(force_insert=True)
    make_prints_again(actor)
