"""Whether what a district wants to say fits the packs above it. Only services of this part call it."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.district.access.models import RoleGrant
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.district.places.models import LawStation
from upstander.district.places.selectors import district_of, law_stations
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.program.law import policies
from upstander.program.law.content import Jurisdiction, Own, upward
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, own_of
from upstander.program.law.selectors.here import OF_THE_LAYER, county_levels, lay
from upstander.program.law.selectors.packs import jurisdiction_of, nearest_pack, shipped_packs


def check_thing(actor: Actor, kind: str, level: str, on: dt.date) -> None:
    """Raise Invalid for a kind that is none, and for a level that the district's county does not know."""
    if kind not in LocalEntry.Kind.values:
        raise Invalid(_("Please choose one of the answers."))
    if kind == LocalEntry.Kind.STATION:
        if level not in LawStation.Kind.values:  # a school police department is no kind of station
            raise Invalid(_("Please choose one of the answers."), "kind")
        return
    known = {found.key: found for found in county_levels(actor=actor, on=on)}
    if (kind in policies.LEVELS) != bool(level) or (level and level not in known):
        raise Invalid(_("Your county knows no such level."))


def check_own(actor: Actor, own: Own, on: dt.date) -> None:
    """Raise Invalid for lines that may not be, and for an entry that the layers above do not allow."""
    policies.check_lines(own.kind, own.lines, on, excluded=excluded_names(actor, on))
    refuse(_of_persons(actor, own))
    try:
        _laid_with(actor, own, on)
    except ContentRefused:
        raise Invalid(_refusal(actor, own, on)) from None


def _of_persons(actor: Actor, own: Own) -> Iterator[Invalid]:
    """What families read is a post's address: nobody's of those who work here or sign in here.

    Who signs in elsewhere on this server alone is nobody whom an answer may tell of.
    """
    given = {line.email.lower() for line in own.lines if line.email}
    staff = Person.objects.filter(district_id=actor.district_id)
    granted = RoleGrant.objects.filter(district_id=actor.district_id).values("account_id")
    here = Account.objects.filter(Q(pk__in=granted) | Q(pk__in=staff.values("account_id")), email__in=given)
    of_staff = staff.annotate(small=Lower("email")).filter(small__in=given)
    theirs = {*of_staff.values_list("small", flat=True), *here.values_list("email", flat=True)} if given else set()
    for position, line in enumerate(own.lines):
        if line.email.lower() in theirs:
            sentence = _("This is somebody’s own address. Enter one that belongs to the office.")
            yield Invalid(sentence, f"email_{position}")


def excluded_names(actor: Actor, on: dt.date) -> list[str] | None:
    """How the law pack calls the police that takes no report here; None where it excludes none."""
    found = [r.name for r in jurisdiction_of(actor=actor, on=on).excluded_recipients if r.key == "school_police"]
    return [said for name in found for said in (name.en, name.es)] or None


def check_contacts(actor: Actor, own: Own, on: dt.date) -> None:
    """Raise WrongState while a level of the district would stand without numbers to call."""
    levels = [own, *(own_of(entry) for entry in entries_that_hold(actor=actor).filter(kind__in=policies.LEVELS))]
    if not any(entry.kind in policies.LEVELS and entry.lines for entry in levels):
        return
    if not _laid_with(actor, own, on).facts("reporting_lines"):
        raise WrongState(_("A level is not shown to staff without a child-welfare number. Enter it first."))
    if not law_stations(actor=actor).exclude(phone="").exists():
        raise WrongState(_("A level is not shown to staff without the number of a police or sheriff’s station."))


def _laid_with(actor: Actor, own: Own, on: dt.date) -> Jurisdiction:
    """The law of the place as it would be with this entry in the place of the one about the same thing."""
    district = district_of(actor=actor)
    held = (own_of(entry) for entry in entries_that_hold(actor=actor).filter(kind__in=OF_THE_LAYER))
    others = [entry for entry in held if (entry.kind, entry.level) != (own.kind, own.level)]
    return lay(nearest_pack(district), on, [*others, own] if own.kind in OF_THE_LAYER else others, district.name)


def _refusal(actor: Actor, own: Own, on: dt.date) -> str:
    """A sentence that names both layers: the district's own, and the pack above that speaks of the same thing."""
    district = district_of(actor=actor)
    chain = list(upward(shipped_packs(), nearest_pack(district), on))
    speaking = [pack for pack in chain if any(level.key == own.level for level in pack.terms.levels)]
    above = speaking[-1] if speaking else chain[0]
    said = {"own": district.name, "above": above.name.in_language(get_language() or "en")}
    return (
        _("%(own)s may add to what %(above)s says, fill in what is empty or shorten it; this would change it.") % said
    )
