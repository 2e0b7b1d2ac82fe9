"""What a district makes of law: the local rule it adopted, its own policy, and its own layer below the packs.

The own layer is a ledger of entries: one person proposes, a second one signs, and until then nothing in force changes.
No field takes a story: names of posts and offices, phone numbers and days are all there is.
"""

from django.db import models
from django.db.models import F, Q

from upstander.district.accounts.models import Account
from upstander.district.places.models import Dated, Region, Site, ends_after_start, one_at_a_time
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.law.states import HOLDS, Entry

NAME_LENGTH = 60
MAIL_LENGTH = 120


class RuleAdoption(Dated):
    """From one day to another, staff of this district may walk this edition of its county's rule."""

    pack = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            one_at_a_time("rule_adoption_once"),
            ends_after_start("rule_adoption_period"),
        ]
        indexes = [
            models.Index(
                fields=["district_id", "starts_on", "ends_on"],
                name="rule_adoption_by_day",
            )
        ]


class PolicyVersion(DistrictModel):
    """One version of the district's own reporting policy. Append-only: a later row supersedes, a mistake too."""

    number = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120, blank=True)  # where the district published one
    starts_on = models.DateField()
    address = models.CharField(max_length=300)
    reviewed_on = models.DateField(null=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="policy_address_is_https")
        ]
        indexes = [models.Index(fields=["district_id", "starts_on"], name="policy_by_day")]


class PolicySignature(DistrictModel):
    """That a second person looked at a version: only then anyone else sees it. Append-only."""

    version = DistrictForeignKey(PolicyVersion, related_name="signatures")
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "version"], name="policy_signed_once"),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | ~Q(signed_by=F("entered_by")),
                name="policy_second_person",
            ),
        ]


class LocalEntry(DistrictModel):
    """What the district says about one thing of its own layer, from the proposal on. Without lines it says nothing."""

    class Kind(models.TextChoices):
        CHILD_WELFARE = "child_welfare"  # numbers beside the county's, or in place of one it has not filled in
        COORDINATOR = "coordinator"  # how to reach the people whose posts say who they are
        REGION_LEAD = "region_lead"
        STEPS = "steps"  # who acts at a site
        LEVEL_NAME = "level_name"  # the district's own word for one of the county's levels
        LEVEL_STEPS = "level_steps"
        OFFICES = "offices"  # where students of a site find help: kinds of offices, never a person
        FAMILIES = "families"  # whom families may call: posts of a region's team or of headquarters, never a person
        STATION = "station"  # who takes a site's reports: signed, it becomes the site's station; `level` is its kind

    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.CharField(max_length=40, blank=True)
    site = DistrictForeignKey(Site, null=True)
    region = DistrictForeignKey(Region, null=True)
    replaces = DistrictForeignKey("self", null=True)
    state = models.CharField(max_length=10)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=str(Entry.WITHDRAWN)) | Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="a_second_person_decides",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(Entry.IN_FORCE)) | Q(decided_by__isnull=False), name="in_force_is_signed"
            ),
            models.UniqueConstraint(
                fields=["district_id", "kind", "level", "site", "region"],
                condition=Q(state__in=[str(state) for state in HOLDS]),
                nulls_distinct=False,
                name="one_entry_holds",
            ),
            models.UniqueConstraint(
                fields=["district_id", "kind", "level", "site", "region"],
                condition=Q(state=str(Entry.PROPOSED)),
                nulls_distinct=False,
                name="one_proposal_waits",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "state", "kind"], name="local_entry_by_state")]


class LocalLine(DistrictModel):
    """One line of an entry: who, under which number, who stands in; for a level, its name. Append-only."""

    entry = DistrictForeignKey(LocalEntry, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    name_es = models.CharField(max_length=NAME_LENGTH, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    deputy = models.CharField(max_length=NAME_LENGTH, blank=True)
    verified_on = models.DateField(null=True)  # the day somebody called the number and reached the right office
    room = models.CharField(max_length=16, blank=True)  # the number of a room
    open_at = models.CharField(max_length=16, blank=True)  # when an office is open, from a closed list
    email = models.EmailField(max_length=MAIL_LENGTH, blank=True, default="", db_default="")  # of a post

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["district_id", "entry", "position"], name="line_position_once")]
