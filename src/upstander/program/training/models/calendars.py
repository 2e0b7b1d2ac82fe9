"""Secret addresses: of ours, under which calendar programs find sessions, and of a member's own calendar."""

from django.db import models
from django.db.models import Q

from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.vault.fields import SealedField
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


class ConnectedCalendar(DistrictModel):
    """A member's own calendar, asked again every few hours. Another address is another row."""

    member = DistrictForeignKey(CadreMember, related_name="connected")
    address = SealedField(max_length=1_400)  # a thousand letters, sealed
    host = models.CharField(max_length=253)
    connected_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # when it is asked next; null: left alone until its owner says so
    asked_at = models.DateTimeField(null=True)
    tries_count = models.PositiveSmallIntegerField(default=0)  # since it was read last
    read_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)  # how far it was read
    stretch_count = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=200, blank=True)  # with `changed`: what the host wants to hear again
    changed = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(max_length=20, blank=True)  # why the last try brought nothing
    trouble_line = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "member"], name="one_connected_calendar")]
        indexes = [models.Index(fields=["district_id", "next_at"], name="connected_by_next")]
