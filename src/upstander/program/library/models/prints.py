"""The editions of a district's prints: the present ones, and for a time those whose place they took."""

from django.db import models
from django.db.models import F, Q

from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel


class PrintEdition(DistrictModel):
    """What readers could take of one print in one language, for the district or for one site, from the day it was made
    until another took its place.

    `made_of` has a digest of each page and fact in it, so that two editions tell what changed between them. The file
    of a former one is kept until `kept_until`; the row stays.
    """

    site = DistrictForeignKey(Site, null=True)  # of a print for one site alone
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    edition = models.CharField(max_length=12)
    made_of = models.JSONField()
    body = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    changed = models.JSONField(default=list)  # the pages and facts that read otherwise in the next one
    kept_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "site", "key", "language"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="print_has_one_edition",
            ),
            models.CheckConstraint(condition=Q(ended_at__gte=F("made_at")), name="print_ends_after_it_was_made"),
            models.CheckConstraint(
                condition=Q(body=None, kept_until=None, ended_at__isnull=False)
                | Q(body__isnull=False, kept_until=None, ended_at=None)
                | Q(body__isnull=False, kept_until__isnull=False, ended_at__isnull=False),
                name="print_is_kept_until",
            ),
        ]
