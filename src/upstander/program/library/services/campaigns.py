"""A district's own campaigns: written by one person, reviewed by others; and how many people the sites reached."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.district.places.selectors import place_of, site_by_ref, sites_for
from upstander.engines.observances import Returns
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.foundation.kernel.refs import new_ref
from upstander.program.facts.content.language import shipped_rules
from upstander.program.library import events, policies
from upstander.program.library.content.kits import Kit
from upstander.program.library.content.pages import Audience
from upstander.program.library.models import MOST_PEOPLE, Campaign, CampaignCount, CampaignStep
from upstander.program.library.selectors.campaigns import Version, moves_for, version_of_campaign, versions_for
from upstander.program.library.selectors.counts import JOIN, open_campaigns, people_of
from upstander.program.library.services._hold import account_id, hold_district
from upstander.program.library.services._prints import make_prints_again
from upstander.program.library.states import Aim, Stand

LONGEST_DAYS = 62  # two months: longer than that is no campaign


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is: its name, its days and how they come back, for whom, what for, and its words."""

    name: Text
    first_on: dt.date
    last_on: dt.date
    returns: Returns
    audience: Audience
    aims: tuple[Aim, ...]
    kit: Kit


@transaction.atomic
def enter_campaign(*, actor: Actor, plan: Plan, of: str = "", on: dt.date, at: dt.datetime) -> Campaign:
    """Write a campaign, or with `of` (the ref of a version) another version of one. Readers see it once it is reviewed.

    Raises Invalid at the field: days that are over or too many, no aim, and whatever the linter finds in the words (a
    school's or a person's name, a face, a place, a number, banned terms, too hard). Raises WrongState while another
    version of the same one waits. Needs `pages.edit`.
    """
    require(actor, "pages.edit", Place(actor.district_id))
    writer = account_id(actor)
    schools = list(sites_for(actor=actor, on=on, capability="pages.edit").values_list("name", flat=True))
    refuse([*_days(plan, on), *policies.check_kit(plan.name, plan.kit, schools, shipped_rules())])
    hold_district(actor)
    row = Campaign(
        district_id=actor.district_id,
        name_en=plan.name.en,
        name_es=plan.name.es,
        first_on=plan.first_on,
        last_on=plan.last_on,
        returns=plan.returns,
        audience=plan.audience,
        aims=list(plan.aims),
        kit={piece: [asdict(line) for line in lines] for piece, lines in plan.kit.items()},
        entered_by_id=writer,
        entered_at=at,
    )
    row.key = _key_of(actor, of, on) if of else new_ref()
    row.save(force_insert=True)
    record(
        events.CAMPAIGN_ENTERED,
        actor=actor,
        subject=row.ref,
        at=at,
        campaign=row.key,
        first_on=plan.first_on.isoformat(),
    )
    return row


@transaction.atomic
def decide_campaign(*, actor: Actor, ref: str, step: str, on: dt.date, at: dt.datetime) -> None:
    """Review or refuse somebody else's version, or take one out. Raises WrongState for what cannot be decided now."""
    hold_district(actor)
    version = version_of_campaign(actor=actor, ref=ref, on=on)
    if step not in moves_for(actor=actor, version=version):
        raise policies.not_theirs(actor, version.barred, _("This is no longer to be decided by you."))
    CampaignStep(
        district_id=actor.district_id,
        campaign=version.row,
        step=step,
        entered_by_id=version.row.entered_by_id,
        taken_by_id=account_id(actor),
        taken_at=at,
    ).save(force_insert=True)
    make_prints_again(actor)
    record(events.CAMPAIGN_STEP, actor=actor, subject=ref, at=at, campaign=version.row.key, step=str(step))


@transaction.atomic
def count_campaign(
    *, actor: Actor, site_ref: str, campaign: str, year: int, people: int | None, on: dt.date, at: dt.datetime
) -> None:
    """Say that a site takes part in a campaign of a year and how many people it reached: a number, and nobody's name.

    Without a number the sign-up is undone. Raises Invalid for a number that cannot be, NotFound for a site out of
    reach or a campaign that is not open to counting, WrongState where there is nothing to undo.
    """
    site = site_by_ref(actor=actor, ref=site_ref, on=on, capability=JOIN)
    require(actor, JOIN, place_of(actor=actor, site=site, on=on))
    if not any((each.key, each.span.first.year) == (campaign, year) for each in open_campaigns(actor=actor, on=on)):
        raise NotFound(campaign)
    if people is None and people_of(actor=actor, site=site, campaign=campaign, year=year) is None:
        raise WrongState(_("This site has not signed up."))
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        raise Invalid(_("Give a number between 0 and %(most)s.") % {"most": MOST_PEOPLE}, "people")
    row = CampaignCount(
        district_id=actor.district_id,
        site=site,
        campaign=campaign,
        year=year,
        people=people,
        entered_by_id=account_id(actor),
        entered_at=at,
    )
    row.save(force_insert=True)
    record(events.CAMPAIGN_COUNTED, actor=actor, subject=site.ref, at=at, campaign=campaign, year=year)


def _days(plan: Plan, on: dt.date) -> Iterator[Invalid]:
    length = (plan.last_on - plan.first_on).days
    if length < 0:
        yield Invalid(_("The last day is before the first one."), "last_on")
    elif length >= LONGEST_DAYS:
        yield Invalid(_("Keep it to two months."), "last_on")
    elif plan.last_on < on:
        yield Invalid(_("These days are over. Give days to come."), "first_on")
    elif plan.first_on.year > on.year + 2:
        yield Invalid(_("Give days of the next two years."), "first_on")
    if not plan.aims:
        yield Invalid(_("Choose at least one aim."), "aims")


def _key_of(actor: Actor, ref: str, on: dt.date) -> str:
    """The key of the campaign that this is a version of. Raises WrongState while another one waits."""
    key: str = version_of_campaign(actor=actor, ref=ref, on=on).row.key
    if any(_waits(each, key) for each in versions_for(actor=actor, on=on)):
        raise WrongState(_("A version of this is under way already. Take it back, or have it decided first."))
    return key


def _waits(version: Version, key: str) -> bool:
    return version.row.key == key and version.stand == Stand.WAITS
