"""Secret addresses under which calendar programs find sessions."""

from django.db import models
from django.db.models import Q

from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CadreMember

CODE_LENGTH = 26  # of five bits each: 130 bits, so that nobody finds one by trying


class Feed(DistrictModel):
    """The calendar of one member or of one site. Who knows the code reads it; a new code ends the old one."""

    member = DistrictForeignKey(CadreMember, null=True)
    site = DistrictForeignKey(Site, null=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True, site__isnull=False) | Q(member__isnull=False, site__isnull=True),
                name="feed_of_a_member_or_a_site",
            ),
            models.UniqueConstraint(fields=["district_id", "member"], name="one_feed_per_member"),
            models.UniqueConstraint(fields=["district_id", "site"], name="one_feed_per_site"),
        ]
