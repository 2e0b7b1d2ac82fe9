"""What a district offers beside what ships, and its own days by which to act."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.slides import slides_name

OFFERING_TITLE = 80
LEAST_MINUTES, MOST_MINUTES, STEP_MINUTES = 15, 240, 5
MOST_DUE_DAYS = 60


class OwnOffering(DistrictModel):
    """Holds the editions of a session together that only this district gives. Retired from a day on, or not."""

    retired_on = models.DateField(null=True)


class OwnEdition(DistrictModel):
    """What is given from a day on, until the offering's next edition. Never changed: sessions bear its name.

    `agenda` gives each topic its minutes, which are all of `minutes`. Where `is_usual`, year plans take this length
    for these people.
    """

    offering = DistrictForeignKey(OwnOffering, related_name="editions")
    starts_on = models.DateField()
    title_en = models.CharField(max_length=OFFERING_TITLE, validators=[slides_name])
    title_es = models.CharField(max_length=OFFERING_TITLE, validators=[slides_name])
    audiences = ArrayField(models.CharField(max_length=20))
    minutes = models.PositiveSmallIntegerField()
    agenda = models.JSONField()
    handouts = ArrayField(models.CharField(max_length=40))
    is_usual = models.BooleanField(default=False)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "offering", "starts_on"], name="own_edition_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__gte=LEAST_MINUTES, minutes__lte=MOST_MINUTES), name="own_edition_minutes"
            ),
        ]


class DueDays(DistrictModel):
    """In how many school days somebody has to act on a kind of request where it stands, from a day on.

    The last row that has begun counts; one without a number gives what ships its place back. Append-only.
    """

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    days = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=1, days__lte=MOST_DUE_DAYS), name="due_days_within_limits"
            )
        ]
        indexes = [models.Index(fields=["district_id", "kind", "state"], name="due_days_by_step")]
