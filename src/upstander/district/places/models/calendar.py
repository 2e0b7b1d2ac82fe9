"""The district's calendar: its school years, and the days without school or kept for tests."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models.dated import Days, ends_after_start
from upstander.district.places.models.places import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

DAY_NAME_LENGTH = 80


class SchoolYear(DistrictModel):
    """First and last school day; `ends_on` is the first day after it."""

    name = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="school_years_do_not_overlap",
                expressions=[("district_id", RangeOperators.EQUAL), (Days(), RangeOperators.OVERLAPS)],
            ),
            ends_after_start("school_year_period"),
        ]


class ClosedDay(DistrictModel):
    """A day on which nobody is trained, for the whole district or one site: without school, or kept for tests."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("No school")
        TESTING = "testing", _("Tests")  # a school day for every clock, and still no day for a training

    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CLOSED)
    name = models.CharField(max_length=DAY_NAME_LENGTH, blank=True)
    site = DistrictForeignKey(Site, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "on", "site"], name="closed_day_once", nulls_distinct=False)
        ]

    @property
    def called(self) -> str:
        """Its name, or where it has none what it is."""
        return self.name or self.get_kind_display()

    @property
    def in_full(self) -> str:
        """What it is, and its name where it has one: "No school: Thanksgiving"."""
        return f"{self.get_kind_display()}: {self.name}" if self.name else self.get_kind_display()
