"""The staff door of a site. Nothing about a concern, an answer or a reporter is stored here or anywhere."""

from django.db import models
from django.db.models import Q

from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

CODE_LENGTH = 16  # 80 random bits


class StaffDoor(DistrictModel):
    """The code that opens what staff watch for to people at one site, on a sheet in the staff room."""

    site = DistrictForeignKey(Site)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "site"],
                condition=Q(closed_at__isnull=True),
                name="one_open_door_per_site",
            ),
        ]
