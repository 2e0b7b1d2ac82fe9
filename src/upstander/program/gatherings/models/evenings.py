"""What an evening for families carries besides its session; when and where it is stands there."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.gatherings.content.choices import (
    CARERS,
    MOST_PLACES,
    MOST_WANTED,
    OLDEST,
    TONGUE_LENGTH,
)
from upstander.program.training.models import Request


class Evening(DistrictModel):
    """Care, interpreters, room and the phone number of the invitation. Its ref opens the page for families."""

    request = DistrictForeignKey(Request, related_name="+", db_index=False)
    care_places = models.PositiveSmallIntegerField(default=0)  # 0: there is no care
    care_from = models.PositiveSmallIntegerField(default=0)  # years of age
    care_until = models.PositiveSmallIntegerField(default=0)
    care_by = models.CharField(max_length=12, choices=CARERS, blank=True)
    interpreters = ArrayField(models.CharField(max_length=TONGUE_LENGTH), default=list)
    has_food = models.BooleanField(default=False)
    is_step_free = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)  # of the school; never a person's own
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "request"], name="evening_of_request"),
            models.CheckConstraint(
                condition=Q(care_places__lte=MOST_PLACES, care_until__lte=OLDEST, care_from__lte=F("care_until")),
                name="evening_care_possible",
            ),
        ]


class PlacesWanted(DistrictModel):
    """That some family would like places in the care, or an interpreter: a count and a language, of nobody."""

    evening = DistrictForeignKey(Evening, related_name="wanted")
    care_count = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=TONGUE_LENGTH, blank=True)
    wanted_on = models.DateField()  # the day, no closer

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(care_count__lte=MOST_WANTED), name="places_wanted_possible"),
            models.CheckConstraint(condition=Q(care_count__gte=1) | ~Q(language=""), name="something_is_wanted"),
        ]
        indexes = [models.Index(fields=["district_id", "evening"], name="wanted_by_evening")]
