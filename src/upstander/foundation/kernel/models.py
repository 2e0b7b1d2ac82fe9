"""Base of every district-owned table, and two small tables of the kernel itself."""

from typing import Any

from django.db import models

from upstander.foundation.kernel.refs import REF_LENGTH, new_ref


class DistrictModel(models.Model):
    """A row that belongs to one district. Row security stands behind every filter (see `tenancy`)."""

    id = models.BigAutoField(primary_key=True)
    district_id = models.BigIntegerField(editable=False)
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)

    class Meta:
        abstract = True


class DistrictForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A key to another district-owned table.

    Foreign keys bypass row security, so a plain one could point into another district. The real constraint is
    the composite `(district_id, x_id)` that `tenancy.SecureTable` adds; Django's single-column one is left out.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


class RateCount(models.Model):
    """How often something was tried in one window of time. Keys are keyed digests; they name nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    window_starts_at = models.DateTimeField()
    tries_count = models.PositiveIntegerField(default=0)


class Marker(models.Model):
    """A step of set-up or seeding that is done, so that it is never done twice."""

    name = models.CharField(max_length=100, primary_key=True)
    done_at = models.DateTimeField()
