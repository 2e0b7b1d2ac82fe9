"""Travel times that the district knows better than an estimate does."""

from django.db import models
from django.db.models import F, Q

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel


class TravelFile(DistrictModel):
    """The file that was read last. A new one takes its place as a whole."""

    read_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    way_count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id"], name="one_travel_file")]


class TravelWay(DistrictModel):
    """How many minutes the way between two sites takes, in either direction."""

    one = DistrictForeignKey(Site, related_name="+")
    other = DistrictForeignKey(Site, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "one", "other"], name="travel_way_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_way_lower_first"),
        ]
