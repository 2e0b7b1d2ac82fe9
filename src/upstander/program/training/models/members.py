"""What holds of a member of the Cadre from one day to another: where they belong, what they may do, until when."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.district.places.models import Dated, Region, Site, ends_after_start, one_at_a_time
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CadreMember


class Unit(DistrictModel):
    """A unit of the district that sends people into the Cadre: counseling, health, attendance. Each names its own."""

    name_en = models.CharField(max_length=60)
    name_es = models.CharField(max_length=60)
    ended_on = models.DateField(null=True)  # from then on nobody new comes from it; who does, stays

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "name_en"], name="unit_name_once")]


class MemberRegion(Dated):
    """The home region."""

    member = DistrictForeignKey(CadreMember, related_name="regions")
    region = DistrictForeignKey(Region)

    class Meta:
        constraints = [one_at_a_time("member_region_once", "member"), ends_after_start("member_region_period")]


class HomeBase(Dated):
    """Where they set out from: a work site, never a home address. Somebody sets out from somewhere on every day.

    The place is kept as it was on the day of the entry; what was known before there were sites here names none. Without
    a first day it has held from the beginning.
    """

    starts_on = models.DateField(null=True)  # type: ignore[assignment] # of other dated rows it is known
    member = DistrictForeignKey(CadreMember, related_name="bases")
    site = DistrictForeignKey(Site, null=True, related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = [one_at_a_time("home_base_once", "member"), ends_after_start("home_base_period")]

    @property
    def since(self) -> dt.date:
        """The first day, to compare with others."""
        return self.starts_on or dt.date.min


class MemberUnit(Dated):
    """The unit they come from."""

    member = DistrictForeignKey(CadreMember, related_name="units")
    unit = DistrictForeignKey(Unit)

    class Meta:
        constraints = [one_at_a_time("member_unit_once", "member"), ends_after_start("member_unit_period")]


class Credential(Dated):
    """What entitles them: from the day it was given until it lapses."""

    member = DistrictForeignKey(CadreMember, related_name="credentials")
    issuer = models.CharField(max_length=80)
    is_certificated = models.BooleanField()

    class Meta:
        constraints = [one_at_a_time("credential_once", "member"), ends_after_start("credential_period")]


class Release(Dated):
    """Their own supervisor releases them for the Cadre, for so long."""

    member = DistrictForeignKey(CadreMember, related_name="releases")
    released_by = DistrictForeignKey(Person)

    class Meta:
        constraints = [one_at_a_time("release_once", "member"), ends_after_start("release_period")]


class Skill(Dated):
    """Which part they may take in which kind of session. One part at a time for each kind."""

    class Offering(models.TextChoices):
        STAFF = "staff", _("Staff session")
        CONSULTATION = "consultation", _("Consultation")
        CAREGIVERS = "caregivers", _("Caregiver evening")
        PRESENTATION = "presentation", _("Student presentation")
        EVENT = "event", _("Event or symposium")

    class Part(models.TextChoices):
        LEAD = "lead", _("Leads alone")
        CO_LEAD = "co_lead", _("Co-leads")
        SHADOW = "shadow", _("Shadows")

    member = DistrictForeignKey(CadreMember, related_name="skills")
    offering = models.CharField(max_length=20, choices=Offering.choices)
    part = models.CharField(max_length=10, choices=Part.choices)

    class Meta:
        constraints = [one_at_a_time("skill_once", "member", "offering"), ends_after_start("skill_period")]
        indexes = [models.Index(fields=["district_id", "ends_on"], name="skill_by_end")]


class KeptApart(Dated):
    """This consultant does not come to this site. Why is one of a few neutral words, never a story."""

    class Reason(models.TextChoices):
        TIE = "tie", _("A close tie at the site")
        POST = "post", _("Works there, or has worked there")
        SITE = "site", _("The site asked for it")
        CONSULTANT = "consultant", _("The consultant asked for it")
        OFFICE = "office", _("The office decided it")

    member = DistrictForeignKey(CadreMember, related_name="kept_apart")
    site = DistrictForeignKey(Site, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [one_at_a_time("kept_apart_once", "member", "site"), ends_after_start("kept_apart_period")]


class TakenBack(DistrictModel):
    """That a release, a credential or a skill was entered by mistake: a ledger of who took it back, and why."""

    class Kind(models.TextChoices):
        RELEASE = "release", _("Release")
        CREDENTIAL = "credential", _("Credential")
        SKILL = "skill", _("Skill")

    class Reason(models.TextChoices):
        PERSON = "person", _("It belongs to somebody else")
        DAYS = "days", _("The days are not right")
        MISTYPED = "mistyped", _("Something else was meant")
        NEVER = "never", _("It was never given")

    member = DistrictForeignKey(CadreMember, related_name="taken_back")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    fact_ref = models.CharField(max_length=12)  # of the row that is known no more
    reason = models.CharField(max_length=10, choices=Reason.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()
