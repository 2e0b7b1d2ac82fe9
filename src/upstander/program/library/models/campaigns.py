"""Campaigns of a district's own, what was decided about them, and how many took part.

Rows are only added: history is the table itself.
"""

from django.db import models
from django.db.models import F, Q

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.engines.observances import Returns
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.library.content.pages import Audience
from upstander.program.library.models.passages import REVIEW, SECOND_PERSON, Decision

MOST_PEOPLE = 20_000  # reached by one school in one campaign


class Campaign(DistrictModel):
    """One version of a district's own campaign, in both languages. Versions of one campaign share their `key`."""

    key = models.CharField(max_length=12)
    name_en = models.CharField(max_length=60)
    name_es = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    returns = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Returns])
    audience = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Audience])
    aims = models.JSONField()  # keys of `states.Aim`
    kit = models.JSONField()  # by piece a list of {en, es}, as in `content/kits`
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="campaign_ends_after")]
        indexes = [models.Index(fields=["district_id", "key"], name="campaign_by_key")]


class CampaignStep(Decision):
    """A decision about a version of a campaign."""

    campaign = DistrictForeignKey(Campaign, related_name="steps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "campaign", "step"], name="campaign_step_once"),
            models.CheckConstraint(condition=SECOND_PERSON, name="campaign_second_person"),
            models.UniqueConstraint(
                fields=["district_id", "campaign", "taken_by"], condition=REVIEW, name="campaign_reviewer_once"
            ),
        ]


class CampaignCount(DistrictModel):
    """How many people a site reached with a campaign of a year. The last row counts; without a number it is undone."""

    site = DistrictForeignKey(Site, related_name="+", db_index=False)
    campaign = models.CharField(max_length=40)  # the key of an observance, or of a campaign of the district's own
    year = models.PositiveSmallIntegerField()  # in which it began
    people = models.PositiveIntegerField(null=True)
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(people__lte=MOST_PEOPLE), name="campaign_count_possible")]
        indexes = [models.Index(fields=["district_id", "campaign", "year", "site"], name="campaign_count_by_site")]
