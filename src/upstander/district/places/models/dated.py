"""Rows that hold from a day to a day, and what the database keeps of them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import Combinable

from upstander.foundation.kernel.models import DistrictModel


class Days(Func):
    """`daterange(starts_on, ends_on)` for constraints; the columns themselves stay plain dates for indexes."""

    function = "daterange"

    def __init__(self) -> None:
        super().__init__(F("starts_on"), F("ends_on"), output_field=models.Field())


def one_at_a_time(name: str, *columns: str, only: Q | None = None) -> ExclusionConstraint:
    """No two rows known today may hold for the same `columns` on the same day; `only` narrows which rows are meant."""
    parts: list[tuple[str | Combinable, str]] = [(column, RangeOperators.EQUAL) for column in ("district_id", *columns)]
    return ExclusionConstraint(
        name=name,
        expressions=[*parts, (Days(), RangeOperators.OVERLAPS)],
        condition=Q(superseded_at__isnull=True) & (only or Q()),
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """A period has at least one day."""
    return models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name=name)


class Dated(DistrictModel):
    """A fact that holds from one day to another, and was known from one moment to another."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
